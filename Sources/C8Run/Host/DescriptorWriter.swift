import Glibc
import LuaRuntime

/// Writes to a file descriptor. Where a pipe or terminal has no room, the wait ends when the script that waits is stopped:
/// a reader that does not read must not hold a script beyond its time.
package struct DescriptorWriter: Sendable {
    package let descriptor: Int32
    /// What a pipe that has room takes without blocking (PIPE_BUF, pipe(7)); regular files take everything.
    private let piece: Int

    package init(descriptor: Int32) {
        self.descriptor = descriptor
        var status = stat()
        let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        piece = isFile ? .max : 4096
    }

    /// Writes all of the bytes, or what could be written before the script was stopped.
    ///
    /// - Returns: the error number of the system where the bytes could not all be written (`EPIPE`, `ENOSPC`, …), else nil.
    package func write(_ bytes: [UInt8]) -> Int32? {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                guard piece == .max || waitForRoom() else { return nil }
                let part = UnsafeRawBufferPointer(rebasing: rest.prefix(piece))
                let count = Glibc.write(descriptor, part.baseAddress, part.count)
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR && errno != EAGAIN {
                    return errno
                }
            }
            return nil
        }
    }

    /// False when the script was stopped first.
    private func waitForRoom() -> Bool {
        DescriptorWait.wait(for: descriptor, events: Int16(POLLOUT))
    }
}
