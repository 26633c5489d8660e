import LuaRuntime
import Synchronization
import Testing

/// Runs a chunk in a state of its own, with host functions as globals, and returns its results.
@discardableResult
func run(
    _ source: String, functions: [String: HostFunction] = [:], limits: LuaLimits = LuaLimits(memory: 64 << 20),
    stop: ScriptStop = ScriptStop(), arguments: [LuaValue] = []
) async throws -> [LuaValue] {
    let script = try LuaScript(limits: limits, stop: stop)
    try await script.withState { state throws(LuaError) in
        for (name, function) in functions { try state.set(global: name, to: .hostFunction(function)) }
        try state.set(global: "json", to: try state.jsonLibrary())
    }
    let chunk = try await script.load(Array(source.utf8), chunkName: "@test.lua")
    return try await script.call(chunk, arguments)
}

/// The error that a chunk ends with.
func failure(
    of source: String, functions: [String: HostFunction] = [:], limits: LuaLimits = LuaLimits(memory: 64 << 20),
    stop: ScriptStop = ScriptStop()
) async throws -> LuaError {
    do {
        let results = try await run(source, functions: functions, limits: limits, stop: stop)
        throw Unexpected(results: results)
    } catch let error as LuaError {
        return error
    }
}

struct Unexpected: Error {
    let results: [LuaValue]
}

/// Really suspends: its continuation is resumed by another thread.
let later = HostFunction.async("later") { arguments in
    await Task.detached { await Task.yield() }.value
    return arguments.values
}

/// How many objects of one test are alive.
final class LiveCount: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }

    func add(_ amount: Int) { count.withLock { $0 += amount } }
}

/// An object that is counted while it lives.
final class Counted: Sendable {
    private let count: LiveCount

    init(_ count: LiveCount) {
        self.count = count
        count.add(1)
    }

    deinit { count.add(-1) }
}

extension LuaValue {
    /// A comparable, readable form: Lua literals, tables with sorted names.
    var literal: String {
        switch self {
        case .nil: "nil"
        case .null: "null"
        case .boolean(let flag): "\(flag)"
        case .integer(let integer): "\(integer)"
        case .number(let number): "\(number)"
        case .string(let string): string.text.map { "'\($0)'" } ?? "bytes\(string.bytes)"
        case .table(let table):
            "{"
                + (table.array.map(\.literal) + table.pairs.map { "[\($0.key.literal)]=\($0.value.literal)" }.sorted())
                .joined(separator: ", ") + "}"
        case .cycle: "cycle"
        case .tooDeep: "too deep"
        default: typeName
        }
    }
}

extension [LuaValue] {
    var literal: String { map(\.literal).joined(separator: ", ") }
}
