import Glibc

/// A small file system in memory, where this process may mount one; unmounted with the test.
final class MountedFolder: Sendable {
    struct Failure: Error { let number: Int32 }

    /// Tried once.
    static let isPossible: Bool = (try? MountedFolder(bytes: 1 << 16)) != nil

    let path: String
    private let folder: TemporaryFolder

    init(bytes: Int) throws {
        folder = try TemporaryFolder()
        path = folder.path
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(bytes),mode=0700") == 0 else { throw Failure(number: errno) }
    }

    deinit {
        umount2(path, Int32(MNT_DETACH))
    }

    func makeReadOnly() throws {
        let flags = UInt(MS_REMOUNT | MS_RDONLY)
        guard mount("tmpfs", path, "tmpfs", flags, nil) == 0 else { throw Failure(number: errno) }
    }

    /// Leaves not a byte free.
    func fill() {
        let descriptor = open(path + "/filler", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let block = [UInt8](repeating: 1, count: 4096)
        while write(descriptor, block, block.count) > 0 {}
    }

    func empty() { unlink(path + "/filler") }
}
