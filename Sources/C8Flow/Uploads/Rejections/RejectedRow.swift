/// A line of the report of rejected rows.
package struct RejectedRow: Sendable, Hashable {
    /// In the input; nil when the platform named a value that it was not sent.
    package let line: Int?
    /// As it was sent, or as the platform names it.
    package let value: String
    /// The platform's code; nil for rows that were not sent, and where the platform gave none.
    package let code: Int64?
    /// The platform's words, or why the row was not sent.
    package let message: String?

    package init(line: Int?, value: String, code: Int64? = nil, message: String? = nil) {
        self.line = line
        self.value = value
        self.code = code
        self.message = message
    }
}
