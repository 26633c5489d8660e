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
            self.init(kind: .runtime, message: error.message)
            if case .table(let table) = error.value, case .error = table.mark { adopt(table) }
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
                message: "the script reached its memory limit of \(limits.maximumMemory) bytes\(place); "
                    + "raise it with --max-memory SIZE")
        case .timeout:
            let limit = limits.timeout.map { " of \($0)" } ?? ""
            self.init(
                kind: .timeLimit,
                message: "the script reached its time limit\(limit)\(place); raise it with --timeout DURATION")
        case .instructions:
            let limit = limits.maximumInstructions.map { " of \($0)" } ?? ""
            self.init(
                kind: .instructionLimit,
                message: "the script reached its limit\(limit) instructions\(place); raise it with --max-instructions N"
            )
        case .output:
            self.init(
                kind: .outputLimit,
                message: "the script reached its limit of \(limits.maximumOutput) bytes of output\(place); "
                    + "raise it with --max-output SIZE")
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
        let lines = script.source.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard number <= lines.count else { return nil }
        let line = lines[number - 1]
        return line.count > 400 ? nil : String(decoding: line, as: UTF8.self)
    }
}
