import GRDB

extension StateStoreError {
    /// An error of SQLite, told as what it means for the state.
    init(path: String, _ error: any Error) {
        if let error = error as? StateStoreError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(path: path, problem: "\(error)")
            return
        }
        // Without the statement: its arguments are nobody's business.
        let words = error.message ?? "SQLite error \(error.resultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.locked, path: path, problem: "another process keeps it locked")
        case .SQLITE_READONLY: self.init(.readOnly, path: path, problem: "it cannot be written (\(words))")
        case .SQLITE_FULL: self.init(.full, path: path, problem: "the disk is full")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self.init(.damaged, path: path, problem: "it is damaged (\(words))")
        default: self.init(path: path, problem: words)
        }
    }
}
