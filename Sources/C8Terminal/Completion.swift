/// What the Tab key does to a line.
package struct Completion: Sendable, Hashable {
    /// Bytes before the cursor that give way to ``inserted``.
    package var replacedBytes = 0
    /// The text that comes in their place; nil to leave the line as it is.
    package var inserted: String?
    /// Lines to show below what is being edited, such as the choices there are; each ends with a line break.
    package var shown: String?

    package init(replacedBytes: Int = 0, inserted: String? = nil, shown: String? = nil) {
        self.replacedBytes = replacedBytes
        self.inserted = inserted
        self.shown = shown
    }

    /// Nothing to complete.
    package static let none = Completion()
}
