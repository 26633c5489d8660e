import GRDB

extension StateStore {
    /// Less room than this on the disk is told as none, in bytes: side files grow to some megabytes.
    private static let leastRoom: UInt64 = 1 << 20

    /// What is wrong with the state, without mending any of it; nothing where it is sound or not made yet.
    package static func inspect(folder path: String) async -> [StateStoreError] {
        let folder = StateFolder(folder: path)
        guard folder.identity != nil else {
            // What is not there yet is made with the first call; whether it can be is told by looking at the folder.
            do {
                _ = try folder.checkedForWriting(mends: false)
                return []
            } catch {
                return error.kind == .foreign || error.kind == .readOnly ? [error] : []
            }
        }
        var problems: [StateStoreError] = []
        do {
            if try !folder.checkedForWriting(mends: false) {
                problems.append(StateStoreError(.readOnly, path: folder.path, problem: "it cannot be written"))
            }
        } catch {
            return [error]
        }
        if let room = folder.room, room < leastRoom {
            problems.append(
                StateStoreError(.full, path: folder.path, problem: "there are \(room >> 10) KiB left on the disk"))
        }
        if let problem = await content(folder) { return problems + [problem] }
        if problems.isEmpty, await isLocked(folder) {
            problems.append(StateStoreError(.locked, path: folder.path, problem: "another process keeps it locked"))
        }
        return problems
    }

    private static func content(_ folder: StateFolder) async -> StateStoreError? {
        do {
            let connection = try StateConnection.forReading(folder)
            let findings = try await connection.database.read { database in
                try String.fetchAll(database, sql: "PRAGMA quick_check(1)")
            }
            return findings == ["ok"]
                ? nil
                : StateStoreError(
                    .damaged, path: folder.path,
                    // The last line: those before it say of which database.
                    problem: "it is damaged (\(findings.last?.split(separator: "\n").last ?? "nothing in it"))")
        } catch {
            return StateStoreError(path: folder.path, error)
        }
    }

    /// Tried for a while, since others lock it for moments only.
    private static func isLocked(_ folder: StateFolder) async -> Bool {
        for _ in 0..<20 {
            if !StateLock.isHeld(folder.folder), !isWriteLocked(folder) { return false }
            guard (try? await Task.sleep(for: .milliseconds(50))) != nil else { return false }
        }
        return true
    }

    private static func isWriteLocked(_ folder: StateFolder) -> Bool {
        var configuration = Configuration()
        configuration.busyMode = .immediateError
        do {
            let database = try DatabaseQueue(path: folder.path, configuration: configuration)
            try database.inTransaction(.immediate) { _ in .rollback }
            return false
        } catch let error as DatabaseError {
            return error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED
        } catch {
            return false
        }
    }
}
