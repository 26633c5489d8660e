/// One page of the platform's documentation.
package struct CatalogueEntry: Sendable, Hashable {
    /// What the page describes.
    package enum Kind: String, Sendable, Hashable {
        /// An interface that can be called.
        case operation
        /// A table, such as a list of error codes.
        case reference
        /// A text for people.
        case guide
    }

    /// Whether the page's title says that it should no longer be used.
    package enum Status: String, Sendable, Hashable {
        case active
        /// 废弃: still there, but replaced.
        case deprecated
        /// 作废: withdrawn.
        case void
    }

    /// The name that this project gives the page.
    package let id: OperationID
    /// What the page describes.
    package let kind: Kind
    /// Whether the page should still be used.
    package let status: Status
    /// The menus above the page, joined by slashes, in the platform's words.
    package let section: String
    /// The page's title, in the platform's words: what to look for in the documentation.
    package let title: String
    /// What the page is about, in English, in this project's words.
    package let summary: String
    /// For a page that should no longer be used: what the titles of other pages offer in its place; empty where they
    /// offer nothing.
    package let replacements: [OperationID]
}
