import C8Client
import C8Platform
import C8Run

extension ErrorReport {
    /// A script's end: the message, what the platform said, and the script's own lines.
    init(_ error: ScriptError) {
        let option = Self.limitOptions[error.kind].map { "; raise it with \($0)" }
        self.init(error.message + (option ?? ""))
        if let line = error.sourceLine { add("line", line) }
        add("operation", error.operation)
        addAnswer(
            code: error.code, message: error.platformMessage, traceID: error.traceID, status: error.status,
            outcome: error.kind == .config ? nil : error.outcome)
        if !error.traceback.isEmpty {
            traceback = "traceback:\n" + error.traceback.map { "  \($0)" }.joined(separator: "\n")
        }
    }

    /// Where a limit of the run is set.
    private static let limitOptions: [ScriptError.Kind: String] = [
        .memoryLimit: "--max-memory SIZE", .timeLimit: "--timeout DURATION", .instructionLimit: "--max-instructions N",
        .outputLimit: "--max-output SIZE",
    ]

    /// An error of the client outside any script.
    init(_ error: ClientError) {
        self.init(error.message)
        add("operation", error.operation?.rawValue)
        addAnswer(
            code: error.code, message: error.platformMessage, traceID: error.traceID, status: error.status,
            outcome: error.kind == .config ? nil : error.outcome?.rawValue)
    }

    private mutating func addAnswer(code: Int64?, message: String?, traceID: String?, status: Int?, outcome: String?) {
        add("code", code.map(String.init))
        add("message", message)
        add("trace id", traceID)
        add("status", status.map(String.init))
        add("outcome", outcome)
    }
}
