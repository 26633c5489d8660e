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
    private let opened: Mutex<Opened>

    private struct Opened: Sendable {
        var connection: StateConnection
        /// Why it can be read and not written; nil where it can.
        var refusal: StateStoreError?
    }

    /// It can be read and not written.
    package var isReadOnly: Bool { opened.withLock { $0.refusal != nil } }

    /// The open database, for tests and for whoever needs neither repair nor another process's replacement.
    var database: DatabaseQueue { opened.withLock { $0.connection.database } }

    /// Where the files are.
    var folderPath: String { folder.folder }

    private init(
        _ folder: StateFolder, _ wait: StateWait, _ connection: StateConnection, refusal: StateStoreError? = nil
    ) {
        self.folder = folder
        self.wait = wait
        opened = Mutex(Opened(connection: connection, refusal: refusal))
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
                return StateStore(folder, wait, connection)
            } catch  where error.kind == .full || error.kind == .readOnly || error.kind == .unusable {
                // What is there may still be read: a good token needs no room on the disk.
                guard let connection = try? StateConnection.forReading(folder), connection.hasTables else {
                    throw error
                }
                return StateStore(folder, wait, connection, refusal: error)
            }
        }
        let refusal = StateStoreError(.readOnly, path: folder.path, problem: "it cannot be written")
        do {
            let connection = try StateConnection.forReading(folder)
            guard connection.hasTables else { throw refusal }
            return StateStore(folder, wait, connection, refusal: refusal)
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
        try await perform { try await $0.database.read(body) }
    }

    /// Reads with one statement, on the calling thread unless another process is in the way: readers of a write-ahead log wait for
    /// nobody but who begins or ends it.
    ///
    /// - Throws: as ``read(_:)``.
    func readAtOnce<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await perform { try $0.readingAtOnce(body) }
        } catch let error as StateStoreError where error.kind == .locked {
            return try await read(body)
        }
    }

    /// Writes in one transaction, which is on the disk when this returns.
    ///
    /// - Parameter usingReserve: it is to be written though the disk is full, with the room that is kept for that.
    /// - Throws: ``StateStoreError``, or `CancellationError`.
    func write<Value: Sendable>(
        usingReserve: Bool = false, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await perform { try await $0.database.write(body) }
        } catch let error as StateStoreError {
            guard usingReserve, try await makeRoom(after: error) else { throw error }
            return try await perform { try await $0.database.write(body) }
        }
    }

    /// Waits for a process that keeps the state locked, for as long as who makes it would. For what is begun and must be written
    /// down: a flow, a job. Nothing is written by this.
    ///
    /// - Throws: ``StateStoreError``, or `CancellationError`.
    package func untilUnlocked() async throws {
        var waiting = wait.begin()
        while true {
            do {
                return try await perform { connection in
                    try await connection.database.writeWithoutTransaction {
                        try $0.execute(sql: "BEGIN IMMEDIATE; COMMIT")
                    }
                }
            } catch let error as StateStoreError where error.kind == .locked {
                try await waiting.nap(folder.path)
            }
        }
    }

    /// What an error of the database means for the state: also why it was opened for reading alone.
    func failure(_ error: DatabaseError) -> StateStoreError {
        let failure = StateStoreError(path: folder.path, error)
        if failure.kind == .readOnly, let refusal = opened.withLock({ $0.refusal }) { return refusal }
        return Self.isFull(failure, folder) ? Self.full(folder) : failure
    }

    /// Gives the room free that is kept for when there is none.
    ///
    /// - Returns: whether it makes sense to try again.
    func makeRoom(after error: StateStoreError) async throws -> Bool {
        guard error.kind == .full else { return false }
        // Another task may have done so just before.
        guard folder.releaseReserve() || !folder.isFull else { return false }
        wait.notice("the disk is full; what is to be written to \(folder.path) takes the room that was kept for that")
        guard isReadOnly else { return true }
        let old = opened.withLock { $0.connection }
        _ = take(try await Self.connect(folder, wait, keepsReserve: false), for: old)
        return true
    }

    private static func full(_ folder: StateFolder) -> StateStoreError {
        StateStoreError(.full, path: folder.path, problem: "the disk is full")
    }

    private static func isFull(_ error: StateStoreError, _ folder: StateFolder) -> Bool {
        (error.kind == .unusable || error.kind == .readOnly) && folder.isFull
    }

    private func perform<Value>(_ body: (StateConnection) async throws -> Value) async throws -> Value {
        var replacements = 0
        while true {
            let connection = try await current()
            do {
                return try await body(connection)
            } catch let error as DatabaseError {
                let failure = failure(error)
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
        opened.withLock { $0.connection.database === connection.database }
    }

    /// The open database, opened anew where another process has moved the file aside: who went on with the old one would have
    /// a slot for himself.
    private func current() async throws(StateStoreError) -> StateConnection {
        let (connection, isReadOnly) = opened.withLock { ($0.connection, $0.refusal != nil) }
        guard !isReadOnly, folder.identity != connection.identity else { return connection }
        return take(try await Self.connect(folder, wait), for: connection)
    }

    /// Puts another connection in the place of this one, unless a task was faster.
    private func take(_ fresh: StateConnection, for old: StateConnection) -> StateConnection {
        let (surplus, current) = opened.withLock { opened in
            guard opened.connection.database === old.database else { return (fresh, opened.connection) }
            opened = Opened(connection: fresh, refusal: nil)
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
        _ folder: StateFolder, _ wait: StateWait, keepsReserve: Bool = true
    ) async throws(StateStoreError) -> StateConnection {
        // Nobody is waited for where all tables are there; whatever is wrong comes up again below.
        if folder.identity != nil, let connection = try? StateConnection.forWriting(folder, migrates: false) {
            if keepsReserve { folder.keepReserve() }
            return connection
        }
        do {
            let connection = try await connect(folder, wait, under: try await StateLock.acquire(folder.folder, wait))
            if keepsReserve { folder.keepReserve() }
            return connection
        } catch {
            throw isFull(error, folder) ? full(folder) : error
        }
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
