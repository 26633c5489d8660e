import C8Flow
import GRDB

/// Reads the columns of one row of the tables `flow` and `step`, of which nothing is taken for granted: the file may be
/// damaged, or somebody may have edited it.
struct FlowRowReader {
    let row: Row
    /// The flow's id as stored, for errors.
    let flow: String
    /// The step's key as stored, for errors.
    let step: String?

    func value<Value: DatabaseValueConvertible>(_ column: String) throws(FlowJournalError) -> Value {
        guard let value: Value = try optional(column) else { throw damaged(column) }
        return value
    }

    func optional<Value: DatabaseValueConvertible>(_ column: String) throws(FlowJournalError) -> Value? {
        let stored: DatabaseValue = row[column]
        if stored.isNull { return nil }
        guard let value = Value.fromDatabaseValue(stored) else { throw damaged(column) }
        return value
    }

    /// A text whose column `…_is_json` says what SQLite thinks of it.
    func json(_ column: String) throws(FlowJournalError) -> String? {
        let text: String? = try optional(column)
        guard text == nil || Int.fromDatabaseValue(row[column + "_is_json"]) == 1 else {
            throw FlowJournalError.damaged(flow: flow, step: step, problem: "its \(column) is no JSON text")
        }
        return text
    }

    /// An id or a key.
    func name<Name>(
        _ column: String, _ read: (String) throws(FlowNameError) -> Name
    ) throws(FlowJournalError) -> Name {
        let text: String = try value(column)
        do {
            return try read(text)
        } catch {
            throw FlowJournalError.damaged(flow: flow, step: step, problem: "\(error)")
        }
    }

    func choice<Choice: RawRepresentable<String>>(_ column: String) throws(FlowJournalError) -> Choice {
        guard let choice = Choice(rawValue: try value(column)) else { throw damaged(column) }
        return choice
    }

    func damaged(_ column: String) -> FlowJournalError {
        .damaged(flow: flow, step: step, problem: "its \(column) makes no sense")
    }
}
