import Glibc

/// An open folder. What is in it is reached from it by single names, never through a link: whoever exchanges a folder for a link
/// meanwhile leads nobody away.
final class FolderDescriptor: Sendable {
    let number: Int32
    private let isOwned: Bool

    /// - Returns: nil where it is none, or is a link; `errno` says why.
    convenience init?(_ path: String) { self.init(AT_FDCWD, path) }

    private init?(_ parent: Int32, _ name: String) {
        number = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        isOwned = number >= 0
        guard isOwned else { return nil }
    }

    deinit { if isOwned { close(number) } }

    /// A descriptor of its own, which the caller closes. It shares the lock.
    func release() -> Int32 { fcntl(number, F_DUPFD_CLOEXEC, 3) }

    /// A folder in this one; nil where there is none of that name.
    func folder(_ name: String) -> FolderDescriptor? { FolderDescriptor(number, name) }

    /// Takes the folder's lock without waiting, for as long as a descriptor of it is open. False with `EWOULDBLOCK` while somebody
    /// has it.
    func lock() -> Bool {
        while flock(number, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EINTR else { return false }
        }
        return true
    }

    /// Whether that folder is here under that name: not once it was removed, or another one has the name.
    func holds(_ folder: FolderDescriptor, as name: String) -> Bool {
        var own = stat(), named = stat()
        return fstat(folder.number, &own) == 0 && fstatat(number, name, &named, AT_SYMLINK_NOFOLLOW) == 0
            && own.st_ino == named.st_ino && own.st_dev == named.st_dev
    }

    /// What is in it, but for `.` and `..`.
    var names: [String] {
        // The stream closes what it reads from.
        let copy = openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else {
            if copy >= 0 { close(copy) }
            return []
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Removes a file, a link (not what it leads to), or a folder with all that is in it. What cannot be removed stays.
    func remove(_ name: String) {
        guard unlinkat(number, name, 0) != 0, let folder = folder(name) else { return }
        for inner in folder.names { folder.remove(inner) }
        unlinkat(number, name, AT_REMOVEDIR)
    }
}
