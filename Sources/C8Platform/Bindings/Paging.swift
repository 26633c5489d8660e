/// The names of the fields by which an operation hands out a long list in pages.
package struct Paging: Sendable, Hashable {
    /// Request: the number of the page, from 1.
    package let page: String
    /// Request: how many items a page holds.
    package let size: String
    /// Data: the array of items.
    package let items: String
    /// Data: how many items there are on all pages.
    package let total: String

    /// The names of the four fields.
    package init(page: String, size: String, items: String, total: String) {
        self.page = page
        self.size = size
        self.items = items
        self.total = total
    }
}
