import Glibc

/// The folder of the state and the files in it, as the file system has them: made, closed to others, or refused.
struct StateFolder: Sendable {
    static let fileName = "state.sqlite3"
    private static let suffixes = ["", "-wal", "-shm"]

    let folder: String
    /// Of the database.
    var path: String { folder + "/" + Self.fileName }

    /// Makes the folder, for its owner alone, where it is missing.
    func make() throws(StateStoreError) {
        var path = folder.hasPrefix("/") ? "/" : ""
        for part in folder.split(separator: "/") {
            if !path.isEmpty, !path.hasSuffix("/") { path += "/" }
            path += String(part)
            if mkdir(path, 0o700) != 0, errno != EEXIST { throw Self.error(path, errno) }
        }
        var status = stat()
        guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw StateStoreError(path: folder, problem: "it is not a folder")
        }
        // An existing folder is made private only if nothing but the state is in it: it might be /tmp.
        if status.st_mode & 0o077 != 0, status.st_uid == geteuid(), holdsNothingElse { chmod(folder, 0o700) }
    }

    /// Whether the state can be written; false where it can only be read.
    ///
    /// - Parameter mends: whether files of this user that others may read or write are closed to them.
    /// - Throws: where it is another user's, or others may write it: whoever can write it decides which token is sent. That holds
    ///   for the superuser too, who should not trust a user's files.
    func checkedForWriting(mends: Bool) throws(StateStoreError) -> Bool {
        var status = stat()
        guard stat(folder, &status) == 0 else { throw Self.error(folder, errno) }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw StateStoreError(path: folder, problem: "it is not a folder")
        }
        guard status.st_uid == geteuid() else { throw Self.foreign(folder, owner: status.st_uid) }
        // In a sticky folder nobody can replace what is not his own.
        guard status.st_mode & 0o022 == 0 || status.st_mode & S_ISVTX != 0 else {
            throw StateStoreError(.foreign, path: folder, problem: "other users may write it")
        }
        var hasFile = false
        for suffix in Self.suffixes {
            let file = path + suffix
            guard lstat(file, &status) == 0 else {
                guard errno == ENOENT else { throw Self.error(file, errno) }
                continue
            }
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw StateStoreError(path: file, problem: "it is not a file")
            }
            guard status.st_uid == geteuid() else { throw Self.foreign(file, owner: status.st_uid) }
            if status.st_mode & 0o777 != 0o600, mends, chmod(file, 0o600) == 0 { status.st_mode &= ~0o077 }
            guard status.st_mode & 0o022 == 0 else {
                throw StateStoreError(.foreign, path: file, problem: "other users may write it")
            }
            if suffix.isEmpty { hasFile = true }
        }
        let isWritable =
            faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0
            && (!hasFile || faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0)
        guard isWritable || hasFile else {
            throw StateStoreError(.readOnly, path: folder, problem: "it cannot be written, and holds no state")
        }
        return isWritable
    }

    /// Makes an empty file for the database where there is none. SQLite gives its side files the mode of the database, so this
    /// decides for all of them.
    ///
    /// An existing file is not opened: closing it would release the locks that SQLite holds on it for this process
    /// (fcntl(2), record locks).
    func makeFile() throws(StateStoreError) {
        let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            guard errno == EEXIST else { throw Self.error(path, errno) }
            return
        }
        fchmod(file, 0o600)
        close(file)
    }

    /// Puts a damaged database out of the way.
    ///
    /// - Returns: the path of what was moved. An earlier one stays: it may hold what somebody still wants to look at.
    func moveAside() throws(StateStoreError) -> String {
        var aside = path + ".damaged"
        var number = 1
        while Self.suffixes.contains(where: { access(aside + $0, F_OK) == 0 }) {
            number += 1
            aside = path + ".damaged-\(number)"
        }
        for suffix in Self.suffixes where access(path + suffix, F_OK) == 0 {
            guard rename(path + suffix, aside + suffix) == 0 else {
                throw StateStoreError(.damaged, path: path, problem: "it is damaged and cannot be moved aside")
            }
        }
        return aside
    }

    /// Damaged databases that were put out of the way, oldest first.
    var movedAside: [String] {
        var found: [String] = []
        while true {
            let aside = path + (found.isEmpty ? ".damaged" : ".damaged-\(found.count + 1)")
            guard Self.suffixes.contains(where: { access(aside + $0, F_OK) == 0 }) else { return found }
            found.append(aside)
        }
    }

    /// Which file the database is; nil where there is none. A file that was moved aside is another one than its successor.
    var identity: FileIdentity? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return FileIdentity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
    }

    /// Bytes that this user may still write there; nil where the file system does not tell.
    var room: UInt64? {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else { return nil }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize)
    }

    // MARK: - Room for when there is none

    /// Room that is set aside: enough for SQLite's side files and a few pages.
    static let reserveBytes = 128 << 10
    private var reserve: String { path + ".reserve" }

    /// Sets room aside, unless it is there already or the disk is nearly full. Where that fails there is none, and nothing else
    /// is amiss.
    func keepReserve() {
        guard access(reserve, F_OK) != 0, let room, room > 4 * UInt64(Self.reserveBytes) else { return }
        let file = open(reserve, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        if posix_fallocate(file, 0, off_t(Self.reserveBytes)) != 0 { unlink(reserve) }
    }

    /// Gives the room free; false where there was none.
    func releaseReserve() -> Bool { unlink(reserve) == 0 }

    /// Whether the disk has not even room for SQLite's side files, which it reports in many ways.
    var isFull: Bool { room.map { $0 < 64 << 10 } ?? false }

    private var holdsNothingElse: Bool {
        guard let directory = opendir(folder) else { return false }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != "..", !name.hasPrefix(Self.fileName) { return false }
        }
        return true
    }

    private static func foreign(_ path: String, owner: uid_t) -> StateStoreError {
        StateStoreError(.foreign, path: path, problem: "it belongs to user \(owner), not to user \(geteuid())")
    }

    private static func error(_ path: String, _ number: Int32) -> StateStoreError {
        let kind: StateStoreError.Kind =
            switch number {
            case EROFS, EACCES, EPERM: .readOnly
            case ENOSPC, EDQUOT: .full
            default: .unusable
            }
        return StateStoreError(kind, path: path, problem: String(cString: strerror(number)))
    }
}
