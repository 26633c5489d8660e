/// A text is no cron expression.
package struct CronError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Which field is meant; nil for the whole.
    package let field: CronField?
    /// What is wrong, and what is allowed.
    package let problem: String

    package var description: String { field.map { "the field \($0.rawValue): \(problem)" } ?? problem }
}
