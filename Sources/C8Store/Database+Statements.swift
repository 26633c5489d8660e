import C8Flow
import GRDB
import GRDBSQLite

/// What a running flow writes, by SQLite's own functions: GRDB's arguments, and the statements that it prepares for each
/// transaction, take longer than SQLite takes for what they do.
extension Database {
    /// Runs a statement that gives no rows. It stays prepared.
    ///
    /// - Parameter values: of the parameters `?1`, `?2` …, all of them.
    func run(_ sql: String, _ values: StoredValue...) throws {
        let statement = try cachedStatement(sql: sql).sqliteStatement
        defer {
            sqlite3_reset(statement)
            // What was bound may be long.
            if !values.isEmpty { sqlite3_clear_bindings(statement) }
        }
        for (index, value) in values.enumerated() {
            try check(Self.bind(value, Int32(index + 1), statement), sql)
        }
        let code = sqlite3_step(statement)
        if code != SQLITE_DONE && code != SQLITE_ROW { try check(code, sql) }
    }

    /// What the body does, in one transaction, which the disk has when this returns.
    ///
    /// - Parameter waits: for another process that keeps the database locked; otherwise that is an error at once.
    func transaction<Value>(waits: Bool = true, _ body: (Database) throws -> Value) throws -> Value {
        try begin(waits: waits)
        do {
            let value = try body(self)
            try run("COMMIT TRANSACTION")
            return value
        } catch {
            // Some errors have ended it.
            if isInsideTransaction { try rollback() }
            throw error
        }
    }

    /// What the body does, in one transaction, which the operating system has when this returns.
    ///
    /// The connection is back at FULL then: tokens are reserved on it too. SQLite takes the level at the time of the commit,
    /// and lets nobody change it within a transaction, which it says. Not prepared ahead: it changes when it is compiled.
    func lightTransaction<Value>(waits: Bool = true, _ body: (Database) throws -> Value) throws -> Value {
        try compileAndRun("PRAGMA synchronous = NORMAL")
        let outcome = Result { try transaction(waits: waits, body) }
        do {
            try compileAndRun("PRAGMA synchronous = FULL")
        } catch {
            throw FlowJournalError.storage("SQLite does not go back to synchronous = FULL (\(error)); start again")
        }
        return try outcome.get()
    }

    private func begin(waits: Bool) throws {
        if !waits { sqlite3_busy_timeout(sqliteConnection, 0) }
        defer { if !waits { sqlite3_busy_timeout(sqliteConnection, StateConnection.busyMilliseconds) } }
        try run("BEGIN IMMEDIATE TRANSACTION")
    }

    private func compileAndRun(_ sql: String) throws {
        try check(sqlite3_exec(sqliteConnection, sql, nil, nil, nil), sql)
    }

    private static func bind(_ value: StoredValue, _ index: Int32, _ statement: OpaquePointer) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let value): return sqlite3_bind_int64(statement, index, value)
        case .real(let value): return sqlite3_bind_double(statement, index, value)
        case .text(var value):
            return value.withUTF8 { text in
                text.withMemoryRebound(to: CChar.self) { text in
                    // An empty text is no null.
                    guard let start = text.baseAddress else {
                        return sqlite3_bind_text(statement, index, "", 0, copied)
                    }
                    return sqlite3_bind_text(statement, index, start, Int32(clamping: text.count), copied)
                }
            }
        }
    }

    /// SQLITE_TRANSIENT, a macro that Swift does not see: SQLite makes a copy.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    private func check(_ code: Int32, _ sql: String) throws {
        guard code != SQLITE_OK else { return }
        throw DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: sqliteConnection.map { String(cString: sqlite3_errmsg($0)) },
            sql: sql)
    }
}
