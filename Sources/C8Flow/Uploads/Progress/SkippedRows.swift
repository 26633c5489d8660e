/// Rows that were read and are not sent.
package struct SkippedRows: Sendable, Hashable {
    /// They do not match the pattern.
    package var invalid: Int
    /// An equal row came before.
    package var duplicate: Int

    /// No row was left out.
    package static let none = SkippedRows(invalid: 0, duplicate: 0)

    package init(invalid: Int, duplicate: Int) {
        self.invalid = invalid
        self.duplicate = duplicate
    }
}
