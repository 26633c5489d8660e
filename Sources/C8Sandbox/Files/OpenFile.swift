import Glibc

/// A regular file, open for reading; closed with the last reference to it.
package final class OpenFile: Sendable {
    /// Its size when it was opened.
    package let size: Int64
    package let modified: Double
    /// As a verb phrase, for messages.
    let doing: String
    private let descriptor: FileDescriptor
    private let place: OpenFileCount.Place

    init(_ descriptor: FileDescriptor, _ status: FileStatus, doing: String, place: OpenFileCount.Place) {
        self.descriptor = descriptor
        size = status.size
        modified = status.modified
        self.doing = doing
        self.place = place
    }

    /// The next bytes, at most `count`; empty at the end.
    package func read(upTo count: Int) throws(FileError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, filled in
            while true {
                let result = Glibc.read(descriptor.raw, buffer.baseAddress, buffer.count)
                if result < 0 && errno == EINTR { continue }
                if result < 0 { failure = errno }
                filled = max(0, result)
                return
            }
        }
        if failure != 0 { throw FileError(doing, errno: failure) }
        return bytes
    }

    /// Puts the next bytes into a room; 0 of them at the end.
    ///
    /// - Returns: how many.
    package func read(into room: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        while true {
            let result = Glibc.read(descriptor.raw, room.baseAddress, room.count)
            if result >= 0 { return result }
            if errno != EINTR { throw FileError(doing, errno: errno) }
        }
    }

    /// The bytes at an offset, at most `count`; empty behind the end. Does not move where `read(upTo:)` goes on.
    package func read(at offset: Int64, upTo count: Int) throws(FileError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, filled in
            while true {
                let result = pread(descriptor.raw, buffer.baseAddress, buffer.count, off_t(offset))
                if result < 0 && errno == EINTR { continue }
                if result < 0 { failure = errno }
                filled = max(0, result)
                return
            }
        }
        if failure != 0 { throw FileError(doing, errno: failure) }
        return bytes
    }

    /// The whole file; more than `limit` bytes are an error of kind `limit`, with `remedy` in its message.
    package func readAll(limit: Int, remedy: String) throws -> [UInt8] {
        if size > limit { throw tooLarge(limit, remedy) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(size))
        while true {
            // The size is a hint: files grow, and some file systems do not tell it.
            let wanted = max(1, min(4 << 20, max(Int(size) - bytes.count, 64 << 10), limit - bytes.count + 1))
            let chunk = try read(upTo: wanted)
            if chunk.isEmpty { return bytes }
            bytes.append(contentsOf: chunk)
            if bytes.count > limit { throw tooLarge(limit, remedy) }
        }
    }

    private func tooLarge(_ limit: Int, _ remedy: String) -> FileError {
        FileError.limit(doing, "it has more than \(limit) bytes; \(remedy)")
    }
}
