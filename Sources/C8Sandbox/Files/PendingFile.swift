import CLinuxShims
import Glibc
import Synchronization

/// A file while it is written: it appears under its name, whole and on disk, with `commit()`; before that, and if it is
/// let go of instead, what was there stays as it was.
package final class PendingFile: Sendable {
    private struct State {
        /// Nil once committed or discarded.
        var file: FileDescriptor?
    }

    private let request: FileRequest
    private let folder: FileDescriptor
    private let name: [UInt8]
    private let temporaryName: [UInt8]
    private let mode: UInt32
    private let place: OpenFileCount.Place
    private let state: Mutex<State>

    /// - Parameter mode: the permission bits the file gets in the end.
    init(
        _ request: FileRequest, folder: FileDescriptor, name: [UInt8], mode: UInt32, place: OpenFileCount.Place
    ) throws(FileError) {
        var random = SystemRandomNumberGenerator()
        temporaryName = Array(".c8run-\(String(random.next(), radix: 16)).tmp".utf8)
        let result = FileDescriptor.withName(temporaryName) { c8_create_file(folder.raw, $0, 0o600) }
        do {
            state = Mutex(State(file: try FileDescriptor(result: result)))
        } catch {
            throw request.failure(error.errno)
        }
        self.request = request
        self.folder = folder
        self.name = name
        self.mode = mode
        self.place = place
    }

    deinit {
        discard()
    }

    /// Writes at the end. After an error nothing remains but to let go.
    package func write(_ bytes: some Collection<UInt8>) throws(FileError) {
        try state.withLock { state throws(FileError) in
            guard let file = state.file else { throw FileError(request.doing, "it is closed") }
            try file.writeAll(bytes, request)
        }
    }

    /// Begins again: what was written so far is gone.
    package func restart() throws(FileError) {
        try state.withLock { state throws(FileError) in
            guard let file = state.file else { throw FileError(request.doing, "it is closed") }
            if ftruncate(file.raw, 0) != 0 || lseek(file.raw, 0, SEEK_SET) != 0 { throw request.failure(errno) }
        }
    }

    /// Puts the file in its place: it is on disk before it gets its name, and its name is before this returns.
    package func commit() throws(FileError) {
        try state.withLock { state throws(FileError) in
            guard let file = state.file else { throw FileError(request.doing, "it is closed") }
            if mode != 0o600, fchmod(file.raw, mode_t(mode)) != 0 { throw request.failure(errno) }
            if fsync(file.raw) != 0 { throw request.failure(errno) }
            let moved = FileDescriptor.withName(temporaryName) { temporary in
                FileDescriptor.withName(name) { c8_move(folder.raw, temporary, folder.raw, $0, 0) }
            }
            if moved != 0 { throw request.failure(-moved) }
            state.file = nil
            folder.syncFolder()
        }
    }

    /// Gives the file up; what was there before stays. Nothing happens after `commit()`.
    package func discard() {
        state.withLock { state in
            if state.file == nil { return }
            state.file = nil
            _ = FileDescriptor.withName(temporaryName) { unlinkat(folder.raw, $0, 0) }
        }
    }
}

extension FileDescriptor {
    func writeAll(_ bytes: some Collection<UInt8>, _ request: FileRequest) throws(FileError) {
        var failure: Int32 = 0
        let write: (UnsafeBufferPointer<UInt8>) -> Void = { buffer in
            var rest = UnsafeRawBufferPointer(buffer)[...]
            while !rest.isEmpty {
                let count = Glibc.write(self.raw, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0 && errno == EINTR { continue }
                if count < 0 {
                    failure = errno
                    return
                }
                rest = rest.dropFirst(count)
            }
        }
        if bytes.withContiguousStorageIfAvailable(write) == nil { Array(bytes).withUnsafeBufferPointer(write) }
        if failure != 0 { throw request.failure(failure) }
    }

    /// Makes the names in a folder last through a power cut, where the file system can. A folder that may be written but
    /// not read cannot be synced; the file itself is then safe all the same.
    func syncFolder() {
        if let listing = try? FileDescriptor(result: c8_open_listing(raw)) { fsync(listing.raw) }
    }
}
