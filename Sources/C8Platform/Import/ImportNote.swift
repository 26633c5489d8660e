/// Something of a page that was not understood, or that a person should look at.
package struct ImportNote: Sendable, Hashable, CustomStringConvertible {
    /// The line in the page's file, from 1; nil where it is about the whole.
    package let line: Int?
    /// What it is, and what became of it.
    package let message: String

    /// `line 12: …`
    package var description: String { line.map { "line \($0): \(message)" } ?? message }
}
