/// A flow's id, a step's name or a step's key cannot be used as it is.
package struct FlowNameError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What the text was to be.
    package enum Subject: String, Sendable {
        case flow = "flow id"
        case step = "step name"
        case key = "step"
    }

    package let subject: Subject
    package let text: String
    /// What is required, as the rest of a sentence that begins with the text.
    package let problem: String

    package init(_ subject: Subject, _ text: String, _ problem: String) {
        self.subject = subject
        self.text = text
        self.problem = problem
    }

    package var description: String {
        // Cut and escaped: it may be anything, of any length.
        let shown = text.unicodeScalars.prefix(80).map {
            $0.escaped(asASCII: $0.properties.generalCategory == .control)
        }.joined()
        return "the \(subject.rawValue) \"\(shown)\" \(problem)"
    }

    static func check(_ text: String, of subject: Subject) throws(FlowNameError) {
        let count = text.utf8.count
        guard count > 0 else { throw FlowNameError(subject, text, "must not be empty") }
        guard count <= FlowLimits.nameBytes else {
            throw FlowNameError(
                subject, text, "has \(count) bytes; it may have \(FlowLimits.nameBytes)")
        }
    }
}
