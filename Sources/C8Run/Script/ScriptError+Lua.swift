import C8Client
import LuaRuntime

extension ScriptError {
    /// The script's view of an error, made the embedder's.
    init(_ error: LuaError, script: Script, stopPosition: String?, limits: ScriptHost.Limits) {
        switch error.kind {
        case .syntax:
            self.init(kind: .compile, message: error.message)
            sourceLine = Self.line(of: error.message, in: script)
        case .stopped(let reason):
            self.init(stopped: reason, position: stopPosition ?? error.traceback.first, limits: limits)
        case .host:
            self.init(kind: .internal, message: error.message)
        case .ended:
            self.init(kind: .invalid, message: error.message)
        case .runtime:
            let more =
                switch error.others {
                case 0: ""
                case 1: " (and 1 more error of a task, in the log)"
                case let count: " (and \(count) more errors of tasks, in the log)"
                }
            self.init(kind: .runtime, message: error.message + more)
            if case .table(let table) = error.value, case .error = table.mark { adopt(table) }
            cause = error.cause
            if let cause = error.cause as? ClientError {
                platformMessage = cause.platformMessage
                isCredentialRefusal = cause.isCredentialRefusal
            }
        }
        traceback = error.traceback
    }

    private init(stopped reason: StopReason, position: String?, limits: ScriptHost.Limits) {
        let place = position.map { " at \($0)" } ?? ""
        switch reason {
        case .memory:
            self.init(
                kind: .memoryLimit,
                message: "the script reached its memory limit of \(limits.maximumMemory) bytes\(place)")
        case .timeout:
            let limit = limits.timeout.map { " of \($0)" } ?? ""
            self.init(
                kind: .timeLimit,
                message: "the script reached its time limit\(limit)\(place)")
        case .instructions:
            let limit = limits.maximumInstructions.map { " of \($0)" } ?? ""
            self.init(
                kind: .instructionLimit,
                message: "the script reached its limit\(limit) instructions\(place)")
        case .output:
            self.init(
                kind: .outputLimit,
                message: "the script reached its limit of \(limits.maximumOutput) bytes of output\(place)")
        case .cancelled, .exit:
            self.init(kind: .cancelled, message: "the script was cancelled\(place)")
        }
    }

    /// Takes the fields of an error that the host made; a script's own table proves nothing.
    private mutating func adopt(_ table: LuaTable) {
        if case .string(let text)? = table["kind"], let kind = Kind(rawValue: text.description) { self.kind = kind }
        if case .string(let text)? = table["operation"] { operation = text.description }
        if case .integer(let code)? = table["code"] { self.code = code }
        if case .string(let text)? = table["trace_id"] { traceID = text.description }
        if case .integer(let status)? = table["status"] { self.status = Int(status) }
        if case .integer(let attempts)? = table["attempts"] { self.attempts = Int(attempts) }
        if case .string(let text)? = table["outcome"] { outcome = text.description }
    }

    /// The source line that a compiler's message `name:12: …` points at.
    private static func line(of message: String, in script: Script) -> String? {
        let parts = message.split(separator: ":", omittingEmptySubsequences: false)
        guard let number = parts.dropFirst().lazy.compactMap({ Int($0) }).first, number > 0 else { return nil }
        return SourceLine.text(number, of: script.source)
    }
}
