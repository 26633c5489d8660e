/// How much one flow may keep.
package enum FlowLimits {
    /// Of a flow's id or a step's name, in UTF-8.
    package static let nameBytes = 200
    /// Of one JSON text: a step's or a flow's result, or a flow's input.
    package static let textBytes = 1 << 20
    /// Steps of one flow, nested ones included.
    package static let steps = 1_000_000
    /// Steps within steps.
    package static let depth = 32

    /// - Parameter subject: whose text it is, for the error.
    /// - Throws: ``FlowLimitError`` where the text has more than ``textBytes``.
    package static func check(_ json: String, of subject: FlowLimitError.Subject) throws(FlowLimitError) {
        let count = json.utf8.count
        guard count <= textBytes else { throw FlowLimitError(subject, count: count, most: textBytes) }
    }
}
