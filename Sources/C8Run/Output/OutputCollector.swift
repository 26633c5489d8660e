import LuaRuntime
import Synchronization

/// Takes one output of one run to where it is to go.
final class OutputCollector: Sendable {
    private let kind: ScriptOutput.Kind
    private let host: @Sendable ([UInt8]) throws -> Void
    /// What is captured, or the line that has not ended.
    private let held = Mutex<[UInt8]>([])

    /// - Parameter host: where it goes unless the run says otherwise.
    init(_ output: ScriptOutput, host: @escaping @Sendable ([UInt8]) throws -> Void) {
        kind = output.kind
        self.host = host
    }

    var captured: LuaString {
        if case .capture = kind { LuaString(bytes: held.withLock { $0 }) } else { "" }
    }

    func write(_ bytes: [UInt8]) throws {
        switch kind {
        case .host: try host(bytes)
        case .bytes(let body): try body(bytes)
        case .capture: held.withLock { $0 += bytes }
        case .lines(let body, _):
            guard let last = bytes.lastIndex(of: UInt8(ascii: "\n")) else {
                held.withLock { $0 += bytes }
                return
            }
            let whole = held.withLock { held in
                defer { held = Array(bytes[(last + 1)...]) }
                return held + bytes[..<last]
            }
            for line in whole.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
                try body(String(decoding: line, as: UTF8.self))
            }
        }
    }

    /// The script has ended: gives the line that nothing has ended.
    func end() throws {
        guard case .lines(let body, let end) = kind else { return }
        defer { end() }
        let rest = held.withLock { held in
            defer { held = [] }
            return held
        }
        if !rest.isEmpty { try body(String(decoding: rest, as: UTF8.self)) }
    }
}
