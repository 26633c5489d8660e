import GRDB
import Glibc

/// The state shared by all processes of this user: an SQLite database `state.sqlite3` in a folder that only its owner can
/// enter.
///
/// Every commit is on the disk when it returns: a token's reservation must survive a power cut.
package final class StateStore: Sendable {
    static let fileName = "state.sqlite3"
    private static let busyTimeout = 30.0

    let database: DatabaseQueue

    private init(database: DatabaseQueue) {
        self.database = database
    }

    /// Opens the database, and makes folder and schema where they are missing.
    ///
    /// A file that is no database is moved aside and replaced: what it held can be fetched again.
    ///
    /// - Parameter notice: called with a sentence for the operator where that was done.
    package static func open(
        folder: String, notice: (String) -> Void = { _ in }
    ) throws(StateStoreError) -> StateStore {
        try makeFolder(folder)
        let lock = try lock(folder)
        defer { close(lock) }
        let path = folder + "/" + fileName
        do {
            return try open(path: path)
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_NOTADB || error.resultCode == .SQLITE_CORRUPT
        {
            try moveAside(path)
            notice(
                "the state in \(path) was damaged; it is kept as \(path).damaged, and a new one takes its place: tokens are "
                    + "fetched again")
            do {
                return try open(path: path)
            } catch {
                throw StateStoreError(path: path, problem: "\(error)")
            }
        } catch let error as StateStoreError {
            throw error
        } catch {
            throw StateStoreError(path: path, problem: "\(error)")
        }
    }

    private static func open(path: String) throws -> StateStore {
        try makeFile(path)
        var configuration = Configuration()
        configuration.busyMode = .timeout(busyTimeout)
        configuration.journalMode = .wal
        let database = try DatabaseQueue(path: path, configuration: configuration)
        // GRDB sets NORMAL with WAL, which may lose the last commits at a power cut; read back, because it must hold.
        let level = try database.writeWithoutTransaction { connection in
            try connection.execute(sql: "PRAGMA synchronous = FULL")
            return try Int.fetchOne(connection, sql: "PRAGMA synchronous")
        }
        guard level == 2 else { throw StateStoreError(path: path, problem: "SQLite does not keep synchronous = FULL") }
        let schema = StateSchema.migrator
        if try database.read({ try schema.hasBeenSuperseded($0) }) {
            throw StateStoreError(path: path, problem: "it was written by a newer version of c8run: use that one")
        }
        try schema.migrate(database)
        return StateStore(database: database)
    }

    /// Makes the folder, for its owner alone, where it is missing.
    package static func makeFolder(_ folder: String) throws(StateStoreError) {
        var path = folder.hasPrefix("/") ? "/" : ""
        for part in folder.split(separator: "/") {
            path += path.isEmpty || path.hasSuffix("/") ? String(part) : "/" + part
            if mkdir(path, 0o700) != 0, errno != EEXIST {
                throw StateStoreError(path: path, problem: String(cString: strerror(errno)))
            }
        }
        var status = stat()
        guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw StateStoreError(path: folder, problem: "it is not a folder")
        }
        // An existing folder is made private only if nothing but the state is in it: it might be /tmp.
        if status.st_mode & 0o077 != 0, status.st_uid == getuid(), holdsNothingElse(folder) { chmod(folder, 0o700) }
    }

    private static func holdsNothingElse(_ folder: String) -> Bool {
        guard let directory = opendir(folder) else { return false }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != "..", !name.hasPrefix(fileName) { return false }
        }
        return true
    }

    /// Lets one process at a time open the state, until the descriptor is closed. GRDB reads which schema steps are missing
    /// before it locks, so two would make the same table; and a damaged file must be moved aside once, not the one that has
    /// just replaced it.
    private static func lock(_ folder: String) throws(StateStoreError) -> Int32 {
        let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StateStoreError(path: folder, problem: String(cString: strerror(errno))) }
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(busyTimeout)
        // A file system without such locks serves too: only the first opening by two at once can fail there.
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EINTR || errno == EWOULDBLOCK {
            guard clock.now < deadline else {
                close(descriptor)
                throw StateStoreError(
                    path: folder, problem: "another process has kept it locked for \(Int(busyTimeout)) seconds")
            }
            usleep(2000)
        }
        return descriptor
    }

    /// SQLite gives its side files the mode of the database, so this decides for all of them.
    ///
    /// An existing file is not opened: closing it would release the locks that SQLite holds on it for this process
    /// (fcntl(2), record locks).
    private static func makeFile(_ path: String) throws(StateStoreError) {
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if file >= 0 {
            fchmod(file, 0o600)
            close(file)
            return
        }
        var status = stat()
        guard errno == EEXIST, lstat(path, &status) == 0 else {
            throw StateStoreError(path: path, problem: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw StateStoreError(path: path, problem: "it is not a file") }
        if status.st_mode & 0o777 != 0o600, status.st_uid == getuid() { chmod(path, 0o600) }
    }

    private static func moveAside(_ path: String) throws(StateStoreError) {
        for suffix in ["", "-wal", "-shm"] where access(path + suffix, F_OK) == 0 {
            guard rename(path + suffix, path + ".damaged" + suffix) == 0 else {
                throw StateStoreError(path: path, problem: "it is damaged and cannot be moved aside")
            }
        }
    }
}
