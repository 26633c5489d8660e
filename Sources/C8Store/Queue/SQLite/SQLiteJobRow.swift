import FoundationEssentials
import GRDB

/// A row of the queue's tables in a file.
struct SQLiteJobRow: JobRow {
    let row: Row

    func text(_ column: String) -> String? { value(column) }
    func integer(_ column: String) -> Int64? { value(column) }
    func number(_ column: String) -> Double? { value(column) }
    func flag(_ column: String) -> Bool? { integer(column).map { $0 != 0 } }

    func bytes(_ column: String) -> [UInt8]? {
        guard case .blob(let data)? = stored(column)?.storage else { return nil }
        return Array(data)
    }

    private func value<Value: DatabaseValueConvertible>(_ column: String) -> Value? {
        stored(column).flatMap(Value.fromDatabaseValue)
    }

    private func stored(_ column: String) -> DatabaseValue? {
        guard row.hasColumn(column) else { return nil }
        return row[column]
    }
}
