public import LuaRuntime
import Synchronization

/// A Lua state that stays: texts are run in it one after another, see each other's globals, and Swift calls their functions.
///
/// ```swift
/// let session = try await host.session()
/// try await session.run("function price(sku, count) return count * 2.5 end")
/// let total = try await session.call("price", as: Double.self, "A-1", 3)
/// await session.close()
/// ```
///
/// All of it may be used from any task. Lua code of one session never runs at the same time, but while one call waits for an
/// asynchronous function, others go on. The host's time limit bounds each call, its other limits the whole session.
public final class ScriptSession: Sendable {
    private let environment: ScriptEnvironment
    private let limits: ScriptHost.Limits
    private let globals: SessionGlobals
    private let closing = Mutex(false)

    init(_ configuration: ScriptHost.Configuration, folder: String?, arguments: [String]) async throws {
        let script = Script(source: [], name: Self.standardName, folder: folder)
        limits = configuration.limits
        environment = try ScriptEnvironment(
            configuration, script: script, arguments: arguments, isInterruptible: true)
        do throws(LuaError) {
            // On the script's thread: each step that is taken elsewhere costs two changes of threads.
            globals = try await withTaskExecutorPreference(environment.lua.executor) {
                [environment] () async throws(LuaError) in
                let chunk = try await environment.prepare(SessionGlobals.chunk)
                return try SessionGlobals(await environment.lua.call(chunk))
            }
        } catch {
            await environment.close()
            throw await environment.failure(error) ?? error
        }
    }

    /// What is open is closed all the same when nobody has closed the session, but nobody waits for it.
    deinit {
        guard !closing.withLock({ $0 }) else { return }
        let environment = environment
        Task { await environment.close() }
    }

    /// How errors name a text that was given no name.
    public static let standardName = "(session)"

    // MARK: - Texts

    /// Runs a text to its end, for its effects.
    ///
    /// - Parameters:
    ///   - name: how errors call it: a path, or a word in parentheses.
    ///   - timeout: how long it may take; nil for the host's time limit.
    /// - Throws: ``ScriptError``. After any kind but a limit on memory, output or instructions the session goes on.
    public func run(_ source: String, name: String = standardName, timeout: Duration? = nil) async throws {
        _ = try await evaluate(source, name: name, timeout: timeout)
    }

    /// Runs a text to its end, and gives what it returns.
    ///
    /// - Parameters: as of ``run(_:name:timeout:)``.
    public func evaluate(
        _ source: String, name: String = standardName, timeout: Duration? = nil
    ) async throws -> [LuaValue] {
        let script = Script(source: Array(source.utf8), name: name)
        return try await ending(script) { () throws(LuaError) in
            try self.checkOpen()
            return try await withTaskExecutorPreference(self.environment.lua.executor) { () async throws(LuaError) in
                let chunk = try await self.environment.lua.load(
                    script.chunk, chunkName: ScriptEnvironment.chunkName(name))
                return try await self.call(chunk, [], timeout)
            }
        }
    }

    // MARK: - Functions and globals

    /// Calls a global function.
    ///
    /// - Throws: ``ScriptError``; of kind `runtime` where there is no such function.
    @discardableResult
    public func call(
        _ name: String, _ arguments: any LuaConvertible..., timeout: Duration? = nil
    ) async throws -> [LuaValue] {
        try await call(name, values: try arguments.map { try $0.luaValue() }, timeout: timeout)
    }

    /// Calls a global function and converts what it returns: `as: Int.self`, or `as: (Int, String).self`.
    ///
    /// - Throws: ``ScriptError``, and `LuaConversionError` for a result of another type.
    public func call<each Result: LuaConvertible>(
        _ name: String, as types: (repeat each Result).Type, _ arguments: any LuaConvertible...,
        timeout: Duration? = nil
    ) async throws -> (repeat each Result) {
        let values = try await call(name, values: try arguments.map { try $0.luaValue() }, timeout: timeout)
        return try LuaResults.converted(values, as: (repeat each Result).self)
    }

    private func call(_ name: String, values: [LuaValue], timeout: Duration?) async throws -> [LuaValue] {
        guard let function = try await self[global: name].function else {
            throw ScriptError(kind: .runtime, message: "the session has no global function '\(name)'")
        }
        return try await ending(nil) { () throws(LuaError) in try await self.call(function, values, timeout) }
    }

    /// A global variable; `nil` where there is none.
    public subscript(global name: String) -> LuaValue {
        get async throws {
            try await ending(nil) { () throws(LuaError) in
                try self.checkOpen()
                return try await self.call(self.globals.get, [.string(name)], nil)
            }.first ?? .nil
        }
    }

    /// Sets a global variable.
    public func set(global name: String, to value: any LuaConvertible) async throws {
        let value = try value.luaValue()
        _ = try await ending(nil) { () throws(LuaError) in
            try self.checkOpen()
            return try await self.call(self.globals.set, [.string(name), value], nil)
        }
    }

    // MARK: - Ends

    /// Ends what runs in the session now, a loop that never ends and a call that waits alike: it is unwound and throws
    /// ``ScriptError`` of kind `cancelled`. The session may be used again at once. Nothing happens where nothing runs.
    ///
    /// Cancelling the Swift task of a call does the same.
    public func interrupt() {
        environment.stop.interrupt(.cancelled)
    }

    /// Whether a text or a call is under way: what ``interrupt()`` would end.
    public var isRunning: Bool { environment.stop.isRunning }

    /// The status of `os.exit`, where the session has ended by it.
    public var exitStatus: Int32? { get async { await environment.lua.exitStatus } }

    /// Whether a limit, `os.exit` or ``close()`` has ended the session for good.
    public var hasEnded: Bool { environment.stop.reason != nil || closing.withLock { $0 } }

    /// Bytes that the session's Lua state holds.
    public var memoryUsed: Int { get async { await environment.lua.withState { $0.memoryUsed } } }

    /// Ends the session: what runs is unwound, connections are closed. Functions that Swift has kept then throw.
    public func close() async {
        let isFirst = closing.withLock { closing in
            defer { closing = true }
            return !closing
        }
        if isFirst { await environment.close() }
    }

    // MARK: - Within

    /// Does something to the state before it has run anything of the user's.
    ///
    /// - Throws: ``ScriptError``.
    package func prepare<Result: Sendable>(
        _ body: @Sendable (LuaState) throws(LuaError) -> Result
    ) async throws -> Result {
        do throws(LuaError) {
            return try await environment.lua.withState(body)
        } catch {
            throw await environment.failure(error) ?? error
        }
    }

    /// Compiles a text.
    ///
    /// - Throws: ``ScriptError``, of kind `compile` where the text is wrong.
    package func compile(_ source: String, name: String) async throws -> LuaFunction {
        let script = Script(source: Array(source.utf8), name: name)
        let compiled = try await ending(script) { () throws(LuaError) in
            try self.checkOpen()
            let chunk = try await self.environment.lua.load(
                script.chunk, chunkName: ScriptEnvironment.chunkName(name))
            return [.function(chunk)]
        }
        guard case .function(let chunk)? = compiled.first else {
            throw ScriptError(kind: .internal, message: "the text was not compiled")
        }
        return chunk
    }

    /// Calls a function of the session, within the host's time limit.
    ///
    /// - Throws: ``ScriptError``.
    package func call(function: LuaFunction, _ values: [LuaValue]) async throws -> [LuaValue] {
        try await ending(nil) { () throws(LuaError) in
            try self.checkOpen()
            return try await self.call(function, values, nil)
        }
    }

    private func call(
        _ function: LuaFunction, _ values: [LuaValue], _ timeout: Duration?
    ) async throws(LuaError) -> [LuaValue] {
        try await environment.lua.callInterruptibly(function, values, timeout: timeout ?? limits.timeout)
    }

    private func checkOpen() throws(LuaError) {
        guard !closing.withLock({ $0 }) else { throw LuaError.ended("the session is closed") }
        if let reason = environment.stop.reason { throw LuaError.ended("the session has ended: \(reason.message)") }
    }

    /// - Parameter script: the text that errors point into.
    private func ending(
        _ script: Script?, _ body: () async throws(LuaError) -> [LuaValue]
    ) async throws -> [LuaValue] {
        do throws(LuaError) {
            return try await body()
        } catch {
            if case .stopped = error.kind { await environment.abandonFlows() }
            guard let failure = await environment.failure(error) else {
                throw ScriptError(kind: .cancelled, message: "the session has ended by os.exit")
            }
            guard let script, error.kind == .syntax else { throw failure }
            throw ScriptError(error, script: script, stopPosition: nil, limits: limits)
        }
    }
}
