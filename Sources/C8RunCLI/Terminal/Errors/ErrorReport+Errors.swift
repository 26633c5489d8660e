import C8Client
import C8Platform
import C8Run

extension ErrorReport {
    /// A script's end: the message, the line, what the platform said, and the script's own frames.
    ///
    /// - Parameter sources: the script's files; nil where they are not at hand.
    init(_ error: ScriptError, sources: ScriptSources? = nil) {
        self.init(error.message)
        excerpt = SourceExcerpt(error) { sources?.line($0) }
        add("kind", .error, error.kind.rawValue, isShown: false)
        addAnswer(
            operation: error.operation, code: error.code, said: error.platformMessage, traceID: error.traceID,
            status: error.status, attempts: error.attempts, outcome: error.kind == .config ? nil : error.outcome)
        traceback = error.traceback
        hint = Self.joined(AdviceMessage.within(error.message), Advice(error).text)
    }

    /// An error of the client outside any script.
    init(_ error: ClientError) {
        self.init(error.message)
        add("kind", .error, error.kind.rawValue, isShown: false)
        addAnswer(
            operation: error.operation?.rawValue, code: error.code, said: error.platformMessage,
            traceID: error.traceID, status: error.status, attempts: error.attempts,
            outcome: error.kind == .config ? nil : error.outcome?.rawValue)
        hint = Self.joined(AdviceMessage.within(error.message), Advice(error).text)
    }

    /// What the message itself advises, in the operator's language, before the advice of its kind.
    private static func joined(_ first: String?, _ second: String?) -> String? {
        guard let first, let second else { return first ?? second }
        return first + Message("; ", "；").text + second
    }

    private mutating func addAnswer(
        operation: String?, code: Int64?, said: String?, traceID: String?, status: Int?, attempts: Int?,
        outcome: String?
    ) {
        // The message is made of most of these. What it holds is not said twice, but for what one copies.
        let trailer = [
            code.map { "code \($0)" }, status == 200 ? nil : status.map { "HTTP \($0)" }, traceID.map { "trace \($0)" },
        ].compactMap(\.self).joined(separator: ", ")
        message = message.replacing(" [\(trailer)]", with: "", maxReplacements: 1)
        let told = message
        add("operation", .operation, operation, isShown: operation.map { !told.contains($0) } ?? false)
        add("code", .code, code.map(String.init))
        add("platform_message", .said, said, isShown: said.map { !told.contains($0) } ?? false)
        add("trace_id", .traceID, traceID)
        add("status", .status, status.map(String.init), isShown: status != 200)
        add("attempts", .attempts, attempts.map(String.init), isShown: (attempts ?? 0) > 1)
        add("outcome", .outcome, outcome, words: outcome.flatMap { OutcomeMessage(rawValue: $0)?.text })
    }
}
