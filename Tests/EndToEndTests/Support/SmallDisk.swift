import Foundation

/// A small file system in memory, where this process may mount one; unmounted with the test.
final class SmallDisk: Sendable {
    struct Failure: Error { let number: Int32 }

    /// Tried once.
    static let isPossible: Bool = (try? SmallDisk(bytes: 1 << 16)) != nil

    let folder: Folder
    var path: String { folder.url.path }

    init(bytes: Int) throws {
        folder = try Folder()
        guard mount("tmpfs", folder.url.path, "tmpfs", 0, "size=\(bytes),mode=0700") == 0 else {
            throw Failure(number: errno)
        }
    }

    deinit {
        umount2(folder.url.path, Int32(MNT_DETACH))
    }

    func makeReadOnly() throws {
        guard mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0 else {
            throw Failure(number: errno)
        }
    }

    /// Leaves not a byte free.
    func fill() throws {
        let descriptor = open(path + "/filler", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(number: errno) }
        defer { close(descriptor) }
        let block = [UInt8](repeating: 1, count: 4096)
        while write(descriptor, block, block.count) > 0 {}
    }

    func makeRoom() { unlink(path + "/filler") }
}
