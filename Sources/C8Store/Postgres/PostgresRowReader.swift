import C8Flow
import C8Postgres

/// Reads the columns of one row of the tables `flow`, `step` and `call`, of which nothing is taken for granted: somebody may
/// have edited them.
struct PostgresRowReader {
    let row: PostgresRow
    /// The flow's id as stored, for errors.
    let flow: String
    /// The step's key as stored, for errors.
    let step: String?

    func text(_ column: String) throws(FlowJournalError) -> String {
        guard let text = row.text(column) else { throw damaged(column) }
        return text
    }

    func integer(_ column: String) throws(FlowJournalError) -> Int64 {
        guard let integer = row.integer(column) else { throw damaged(column) }
        return integer
    }

    func number(_ column: String) throws(FlowJournalError) -> Double {
        guard let number = row.number(column) else { throw damaged(column) }
        return number
    }

    /// An id or a key.
    func name<Name>(
        _ column: String, _ read: (String) throws(FlowNameError) -> Name
    ) throws(FlowJournalError) -> Name {
        let text = try text(column)
        do {
            return try read(text)
        } catch {
            throw FlowJournalError.damaged(flow: flow, step: step, problem: "\(error)")
        }
    }

    func choice<Choice: RawRepresentable<String>>(_ column: String) throws(FlowJournalError) -> Choice {
        guard let choice = Choice(rawValue: try text(column)) else { throw damaged(column) }
        return choice
    }

    func damaged(_ column: String) -> FlowJournalError {
        .damaged(flow: flow, step: step, problem: "its \(column) makes no sense")
    }
}
