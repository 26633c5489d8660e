/// The id that a script gives a flow, best the business's own number: 1 to 200 bytes of UTF-8 without control characters.
///
/// Compared byte for byte, as the database does.
package struct FlowID: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    /// - Throws: ``FlowNameError``.
    package init(_ text: String) throws(FlowNameError) {
        try FlowNameError.check(text, of: .flow)
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw FlowNameError(.flow, text, "must have no control characters")
        }
        self.text = text
    }

    package static func == (left: FlowID, right: FlowID) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    package func hash(into hasher: inout Hasher) { hasher.combine(exactly: text) }

    package var description: String { text }
}
