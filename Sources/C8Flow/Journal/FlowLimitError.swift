/// A flow wants to keep more than ``FlowLimits`` allow. An error of kind `limit` to scripts.
package struct FlowLimitError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Subject: Sendable, Equatable {
        case input
        case result(of: StepKey)
        case flowResult
        case steps
        case depth(StepKey)
    }

    package let subject: Subject
    /// What there would be: bytes, steps or levels.
    package let count: Int
    package let most: Int

    package init(_ subject: Subject, count: Int, most: Int) {
        self.subject = subject
        self.count = count
        self.most = most
    }

    package var description: String {
        switch subject {
        case .input:
            "the flow's input has \(count) bytes as JSON; a flow keeps \(most): pass the name of a file instead"
        case .result(let step):
            "the result of step \"\(step)\" has \(count) bytes as JSON; a flow keeps \(most) of each: "
                + "return what the rest of the script needs, such as an id or the name of a file"
        case .flowResult:
            "the flow's result has \(count) bytes as JSON; a flow keeps \(most): return less, or write it to a file"
        case .steps:
            "the flow has \(most) steps, and may have no more: do several things in one step, or make several flows"
        case .depth(let step):
            "step \"\(step)\" is \(count) steps deep; \(most) are the most"
        }
    }
}
