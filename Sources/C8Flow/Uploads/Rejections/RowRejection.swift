/// A row that the platform rejected, as far as its answer names it.
package struct RowRejection: Sendable, Hashable {
    /// The row within the batch, from 0; nil when the answer names a value that the request did not have.
    package let index: Int?
    /// The value as the answer names it; nil when the row is known.
    package let value: String?
    /// The platform's code; nil where it gave none.
    package let code: Int64?
    /// The platform's words; nil where it gave none.
    package let message: String?

    package init(index: Int?, value: String? = nil, code: Int64? = nil, message: String? = nil) {
        self.index = index
        self.value = value
        self.code = code
        self.message = message
    }
}
