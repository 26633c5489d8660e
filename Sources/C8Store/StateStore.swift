import GRDB
import Synchronization

/// The state shared by all processes of this user: an SQLite database `state.sqlite3` in a folder that only its owner can
/// enter.
///
/// Every commit is on the disk when it returns: a token's reservation must survive a power cut. A file that turns out to be
/// damaged, when it is opened or later, is moved aside once and replaced; one that somebody has replaced is opened anew.
package final class StateStore: Sendable {
    static let fileName = StateFolder.fileName

    private let folder: StateFolder
    private let wait: StateWait
    private let connection: Mutex<StateConnection>
    /// It can be read and not written.
    package let isReadOnly: Bool

    /// The open database, for tests and for whoever needs neither repair nor another process's replacement.
    var database: DatabaseQueue { connection.withLock { $0.database } }

    private init(_ folder: StateFolder, _ wait: StateWait, _ connection: StateConnection, isReadOnly: Bool) {
        self.folder = folder
        self.wait = wait
        self.connection = Mutex(connection)
        self.isReadOnly = isReadOnly
    }

    /// Opens the database, and makes folder and schema where they are missing.
    ///
    /// - Parameters:
    ///   - patience: how long another process is waited for that keeps the state locked.
    ///   - tellsAfter: when the operator is told of such a wait.
    ///   - notice: called with a sentence for the operator, also later on.
    package static func open(
        folder path: String, patience: Duration = .seconds(30), tellsAfter: Duration = .seconds(5),
        notice: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws(StateStoreError) -> StateStore {
        let folder = StateFolder(folder: path)
        let wait = StateWait(patience: patience, tellsAfter: tellsAfter, notice: notice)
        try folder.make()
        if try folder.checkedForWriting(mends: true) {
            do {
                let connection = try await connect(folder, wait)
                return StateStore(folder, wait, connection, isReadOnly: false)
            } catch  where error.kind == .full || error.kind == .readOnly || error.kind == .unusable {
                // What is there may still be read: a good token needs no room on the disk.
                guard let connection = try? StateConnection.forReading(folder) else { throw error }
                return StateStore(folder, wait, connection, isReadOnly: true)
            }
        }
        do {
            return StateStore(folder, wait, try StateConnection.forReading(folder), isReadOnly: true)
        } catch {
            throw StateStoreError(path: folder.path, error)
        }
    }

    /// The paths of databases that were damaged and have been replaced, oldest first.
    package var movedAside: [String] { folder.movedAside }

    /// Makes the folder, for its owner alone, where it is missing.
    package static func makeFolder(_ folder: String) throws(StateStoreError) { try StateFolder(folder: folder).make() }

    // MARK: - Use

    /// Reads in one transaction.
    ///
    /// - Throws: ``StateStoreError``, or `CancellationError`.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await perform { database in try await database.read(body) }
    }

    /// Writes in one transaction, which is on the disk when this returns.
    ///
    /// - Throws: ``StateStoreError``, or `CancellationError`.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await perform { database in try await database.write(body) }
    }

    private func perform<Value>(_ body: (DatabaseQueue) async throws -> Value) async throws -> Value {
        var replacements = 0
        while true {
            let connection = try await current()
            do {
                return try await body(connection.database)
            } catch let error as DatabaseError {
                let failure = StateStoreError(path: folder.path, error)
                replacements += 1
                guard replacements <= 2 else { throw failure }
                if failure.kind == .damaged, !isReadOnly {
                    try await replace(connection)
                } else if error.resultCode != .SQLITE_MISUSE || isCurrent(connection) {
                    // Otherwise another task has closed it to open the one that has taken its place.
                    throw failure
                }
            }
        }
    }

    private func isCurrent(_ connection: StateConnection) -> Bool {
        self.connection.withLock { $0.database === connection.database }
    }

    /// The open database, opened anew where another process has moved the file aside: who went on with the old one would have
    /// a slot for himself.
    private func current() async throws(StateStoreError) -> StateConnection {
        let connection = connection.withLock { $0 }
        guard !isReadOnly, folder.identity != connection.identity else { return connection }
        return take(try await Self.connect(folder, wait), for: connection)
    }

    /// Puts another connection in the place of this one, unless a task was faster.
    private func take(_ fresh: StateConnection, for old: StateConnection) -> StateConnection {
        let (surplus, current) = connection.withLock { connection in
            guard connection.database === old.database else { return (fresh, connection) }
            connection = fresh
            return (old, fresh)
        }
        try? surplus.database.close()
        return current
    }

    private func replace(_ damaged: StateConnection) async throws(StateStoreError) {
        let fresh: StateConnection
        do {
            let lock = try await StateLock.acquire(folder.folder, wait)
            guard isCurrent(damaged) else { return }
            // SQLite must not write into the side files of the one that comes next.
            try? damaged.database.close()
            if folder.identity == damaged.identity { try Self.moveAside(folder, wait) }
            fresh = try await Self.connect(folder, wait, under: lock)
        }
        _ = take(fresh, for: damaged)
    }

    // MARK: - Opening

    private static func connect(
        _ folder: StateFolder, _ wait: StateWait
    ) async throws(StateStoreError) -> StateConnection {
        // Nobody is waited for where all tables are there; whatever is wrong comes up again below.
        if folder.identity != nil, let connection = try? StateConnection.forWriting(folder, migrates: false) {
            return connection
        }
        return try await connect(folder, wait, under: try await StateLock.acquire(folder.folder, wait))
    }

    private static func connect(
        _ folder: StateFolder, _ wait: StateWait, under lock: borrowing StateLock
    ) async throws(StateStoreError) -> StateConnection {
        var waiting = wait.begin()
        var isReplaced = false
        while true {
            try folder.makeFile()
            do {
                if let connection = try StateConnection.forWriting(folder, migrates: true) { return connection }
                throw StateStoreError(path: folder.path, problem: "its tables cannot be made")
            } catch {
                let failure = StateStoreError(path: folder.path, error)
                switch failure.kind {
                case .locked: try await waiting.nap(folder.path)
                case .damaged where !isReplaced:
                    isReplaced = true
                    try moveAside(folder, wait)
                default: throw failure
                }
            }
        }
    }

    private static func moveAside(_ folder: StateFolder, _ wait: StateWait) throws(StateStoreError) {
        let aside = try folder.moveAside()
        wait.notice(
            "the state in \(folder.path) was damaged; it is kept as \(aside), and a new one takes its place: tokens are "
                + "fetched again, and flows are not begun before you have looked at theirs")
    }
}
