import GRDB

/// An open database, and which file it is.
struct StateConnection: Sendable {
    /// A statement waits so long for another process's transaction, in milliseconds. On GRDB's own thread.
    static let busyMilliseconds: Int32 = 5000

    let database: DatabaseQueue
    let identity: FileIdentity?
    /// How long its statements wait for another process's transaction, in milliseconds.
    private let patience: Int32

    /// Opens the state for writing; makes and mends nothing but the schema.
    ///
    /// - Parameter migrates: false to have nil where the tables are not all there: making them needs the ``StateLock``.
    /// - Throws: `DatabaseError`; ``StateStoreError`` for a newer schema.
    static func forWriting(_ folder: StateFolder, migrates: Bool) throws -> StateConnection? {
        let identity = folder.identity
        var configuration = Configuration()
        // Whoever opens may be on a thread that many share, so it is the caller who waits.
        configuration.busyMode = .immediateError
        let database = try DatabaseQueue(path: folder.path, configuration: configuration)
        // GRDB's own journalMode writes and syncs a transaction at each opening, for pools of readers; and it sets NORMAL, which
        // may lose the last commits at a power cut. Read back, because it must hold.
        try database.writeWithoutTransaction { connection in
            guard try String.fetchOne(connection, sql: "PRAGMA journal_mode = WAL") == "wal" else {
                throw DatabaseError(message: "this file system does not allow SQLite's write-ahead log")
            }
        }
        guard try synchronize("FULL", database) == 2 else {
            throw StateStoreError(path: folder.path, problem: "SQLite does not keep synchronous = FULL")
        }
        let schema = StateSchema.migrator
        let (isNewer, isComplete) = try database.read { connection in
            (try schema.hasBeenSuperseded(connection), try schema.hasCompletedMigrations(connection))
        }
        if isNewer { throw newer(folder) }
        if !isComplete {
            guard migrates else { return nil }
            // Tables that a power cut takes are made again. So they are not synced one by one: the first commit after them,
            // which is, takes them along.
            _ = try synchronize("NORMAL", database)
            try schema.migrate(database)
            guard try synchronize("FULL", database) == 2 else {
                throw StateStoreError(path: folder.path, problem: "SQLite does not keep synchronous = FULL")
            }
        }
        try database.writeWithoutTransaction { connection in
            try connection.execute(sql: "PRAGMA busy_timeout = \(busyMilliseconds)")
        }
        return StateConnection(database: database, identity: identity, patience: busyMilliseconds)
    }

    /// - Returns: the level that SQLite says it has.
    private static func synchronize(_ level: String, _ database: DatabaseQueue) throws -> Int? {
        try database.writeWithoutTransaction { connection in
            try connection.execute(sql: "PRAGMA synchronous = \(level)")
            return try Int.fetchOne(connection, sql: "PRAGMA synchronous")
        }
    }

    /// Opens the state for reading, as on a read-only file system.
    ///
    /// - Throws: `DatabaseError`; ``StateStoreError`` for a newer schema.
    static func forReading(_ folder: StateFolder) throws -> StateConnection {
        do {
            return try forReading(folder, name: folder.path)
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_CANTOPEN || error.resultCode == .SQLITE_READONLY
            || error.resultCode == .SQLITE_IOERR || error.resultCode == .SQLITE_FULL
        {
            // SQLite's side files are missing and cannot be made. Then nobody else writes either.
            return try forReading(folder, name: "file:\(escaped(folder.path))?immutable=1")
        }
    }

    private static func forReading(_ folder: StateFolder, name: String) throws -> StateConnection {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .immediateError
        let database = try DatabaseQueue(path: name, configuration: configuration)
        try refuseNewer(database, folder)
        return StateConnection(database: database, identity: folder.identity, patience: 0)
    }

    /// Reads on the calling thread, and fails at once where another process is in the way.
    func readingAtOnce<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try database.unsafeRead { connection in
            guard patience > 0 else { return try body(connection) }
            try connection.execute(sql: "PRAGMA busy_timeout = 0")
            defer { try? connection.execute(sql: "PRAGMA busy_timeout = \(patience)") }
            return try body(connection)
        }
    }

    /// Whether a state was ever made there; a file may be left from when there was no room for more.
    var hasTables: Bool {
        (try? database.read { try $0.tableExists("token") }) ?? false
    }

    private static func refuseNewer(_ database: DatabaseQueue, _ folder: StateFolder) throws {
        guard try database.read({ try StateSchema.migrator.hasBeenSuperseded($0) }) else { return }
        throw newer(folder)
    }

    private static func newer(_ folder: StateFolder) -> StateStoreError {
        StateStoreError(.newer, path: folder.path, problem: "it was written by a newer version of c8run")
    }

    /// A path as part of a URI (RFC 3986 §2.1).
    private static func escaped(_ path: String) -> String {
        var text = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16)
                text += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return text
    }
}
