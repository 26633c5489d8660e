import CLinuxShims
import Glibc

/// An open file of the kernel, closed with the last reference to it.
final class FileDescriptor: Sendable {
    let raw: Int32

    /// Takes over what a function of the shims returned: a descriptor, or `-errno`.
    init(result: Int32) throws(SystemFailure) {
        if result < 0 { throw SystemFailure(errno: -result) }
        raw = result
    }

    deinit {
        close(raw)
    }

    /// The place of a path below this directory, or wherever `reach` allows. See `c8_open_location`.
    func location(_ path: [UInt8], reach: c8_reach, following: Bool) throws(SystemFailure) -> FileDescriptor {
        let result = Self.withName(path.isEmpty ? [UInt8(ascii: ".")] : path) {
            c8_open_location(raw, $0, reach, following ? 1 : 0)
        }
        return try FileDescriptor(result: result)
    }

    func parent() throws(SystemFailure) -> FileDescriptor {
        try FileDescriptor(result: c8_open_location(raw, "..", C8_REACH_ANYWHERE, 0))
    }

    /// Where the file is now, by the kernel's account; nil where it has been deleted, or is out of sight.
    func path() throws(SystemFailure) -> AbsolutePath? {
        let room = Int(PATH_MAX) + 1
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
            count = buffer.withMemoryRebound(to: CChar.self) { c8_descriptor_path(raw, $0.baseAddress, room) }
            filled = max(0, count)
        }
        if count < 0 { throw SystemFailure(errno: Int32(-count)) }
        guard bytes.first == UInt8(ascii: "/") else { return nil }
        // The kernel marks what is gone; a file may also be named so, and then still is where its name says.
        if bytes.suffix(10).elementsEqual(" (deleted)".utf8) {
            var named = stat()
            guard Self.withName(bytes, { lstat($0, &named) }) == 0,
                FileStatus(named).identity == (try status()).identity
            else { return nil }
        }
        return AbsolutePath(FilePath(bytes: bytes))
    }

    func status() throws(SystemFailure) -> FileStatus {
        var status = stat()
        if fstat(raw, &status) != 0 { throw SystemFailure(errno: errno) }
        return FileStatus(status)
    }

    /// Passes a name to a C function. Callers have refused NUL bytes.
    static func withName<Result>(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        (name.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
            // The buffer holds at least the terminator, so it has an address.
            buffer.baseAddress.map(body) ?? "".withCString(body)
        }
    }
}
