import CLuaBoundary

/// One Lua state, confined to whoever owns it: not `Sendable`, used from one thread at a time. `LuaScript` is the actor
/// that owns one in practice.
///
/// Nothing here can be jumped over by a Lua error: every entry is a protected call in C that returns a status.
package final class LuaState {
    let raw: OpaquePointer
    let references = LuaReferenceQueue()
    package let stop: ScriptStop
    let output: @Sendable (UnsafeRawBufferPointer) -> Void
    var operations: [UInt64: HostOperation] = [:]
    var lastOperation: UInt64 = 0
    /// Where the script runs; nil for a state that is used without a ``LuaScript``.
    var thread: ScriptThread?
    /// Those that have not ended, by id.
    var tasks = LuaTaskTable()
    var lastTask: UInt64 = 0
    /// The one that runs now.
    var currentTask: LuaTask?
    /// What ended tasks have failed with, until somebody asks or their parent ends.
    var failures: [UInt64: LuaTaskFailure] = [:]
    var lastFailure: UInt64 = 0
    /// Told of each error of a task that is raised nowhere, since another one is; on the script's thread.
    package var onUnraised: (@Sendable (LuaError) -> Void)?
    /// Tasks that wait for others, by their operations.
    var waits: [UInt64: TaskWait] = [:]
    /// How many host calls this thread is blocked for, one inside the other.
    var blockedCalls = 0
    /// The tasks that made them.
    var blocked: [LuaTask] = []
    /// How waits of the script that have a bound let its seconds pass.
    package var sleep: @Sendable (Double) async throws -> Void = { try await Task.sleep(for: .seconds($0)) }
    /// The status that the script asked to exit with, if it did.
    package internal(set) var exitStatus: Int32?
    private(set) var causeType = LuaObjectType(number: 0)
    /// The types of classes whose instances are one value in Lua each, by their identifiers.
    private(set) var classTypes: [ObjectIdentifier: LuaObjectType] = [:]

    /// - Parameters:
    ///   - countsLines: count how often each line of a chunk named `@…` begins. Makes Lua several times slower.
    ///   - output: receives what the script prints, whole lines at a time, on the script's thread.
    package init(
        limits: LuaLimits = LuaLimits(), stop: ScriptStop = ScriptStop(), countsLines: Bool = false,
        output: @escaping @Sendable (UnsafeRawBufferPointer) -> Void = { _ in }
    ) throws(LuaError) {
        SmallText.use()
        self.stop = stop
        self.output = output
        // The context is set below, once there is a `self`; nothing calls back before the first entry.
        var host = clb_host(
            context: nil,
            release: { object in Unmanaged<AnyObject>.fromOpaque(object).release() },
            identify: { object in Unmanaged<LuaObjectBox>.fromOpaque(object).takeUnretainedValue().identity },
            wait: { context, operation in LuaState.from(context).waitBlocking(for: operation) },
            collect: { context, operation, call in LuaState.from(context).collect(operation, call: call) },
            write: { context, bytes, count in
                LuaState.from(context).output(UnsafeRawBufferPointer(start: bytes, count: count))
            },
            ends: { context in LuaState.from(context).endsCurrentTask() })
        let grace = limits.grace.components.seconds * 1000 + limits.grace.components.attoseconds / 1_000_000_000_000_000
        let bounds = clb_limits(
            memory: limits.memory ?? 0, instructions: limits.instructions ?? 0, grace: UInt32(clamping: grace))
        guard let raw = clb_open(&host, bounds) else {
            throw LuaError(kind: .stopped(.memory), message: "not enough memory to start the script")
        }
        self.raw = raw
        if countsLines, !clb_count_lines(raw) {
            clb_close(raw)
            throw LuaError(kind: .stopped(.memory), message: "not enough memory to count the script's lines")
        }
        clb_set_context(raw, Unmanaged.passUnretained(self).toOpaque())
        stop.attach(raw)
        causeType = try defineType("c8.cause", [])
    }

    deinit {
        stop.detach()
        drainReferences()
        clb_close(raw)
    }

    /// Bytes that Lua and the boundary hold for the script now.
    package var memoryUsed: Int { clb_memory_used(raw) }
    /// The most they ever held.
    package var memoryPeak: Int { clb_memory_peak(raw) }
    /// `script.lua:12` where an interrupt struck, if it struck in the script's own text.
    package var stopPosition: String? {
        let text = String(cString: clb_stop_position(raw))
        return text.isEmpty ? nil : text
    }

    package func set(global name: String, to value: LuaValue) throws(LuaError) {
        let mark = try outbox([value])
        let status = name.withCString { clb_set_global(raw, $0, mark) }
        if status != CLB_OK { throw failure() }
    }

    /// Keeps a value in Lua, so that it can be handed to several calls as the same value.
    package func reference(_ value: LuaValue) throws(LuaError) -> LuaValue {
        let mark = try outbox([value])
        let id = clb_reference(raw, mark)
        if id < 0 { throw failure() }
        return .opaque(LuaReference(id: id, owner: references))
    }

    /// The table of `c8.json`: `decode`, `encode`, `null`, `array`, `object`.
    package func jsonLibrary() throws(LuaError) -> LuaValue {
        let id = clb_json_library(raw)
        if id < 0 { throw failure() }
        return .opaque(LuaReference(id: id, owner: references))
    }

    /// Installs `require`, `package`, `arg`, `io`, `c8`, and what the host has of `os`, over functions of the host. To be called once,
    /// before anything runs.
    ///
    /// - Parameter native: `find`, `load_support`, `write`, `write_error`, `read`, `deny`, `getenv`, `exit`, and the table `arg`: see
    ///   `clb_start`.
    package func start(_ native: [(String, LuaValue)]) throws(LuaError) {
        let mark = try outbox([.table(LuaTable(fields: native))])
        if clb_start(raw, mark) != CLB_OK { throw failure() }
    }

    /// Functions that look into values without running metamethods, for the host's own Lua and never for a script's.
    package func inspectLibrary() throws(LuaError) -> LuaValue {
        let id = clb_inspect_library(raw)
        if id < 0 { throw failure() }
        return .opaque(LuaReference(id: id, owner: references))
    }

    /// Registers a userdata type. Functions whose name begins with two underscores become metamethods (`__tostring`,
    /// `__close`, `__len` …), all others are methods.
    package func defineType(_ name: String, _ methods: [HostFunction]) throws(LuaError) -> LuaObjectType {
        let fields = methods.map { ($0.body.name, LuaValue.hostFunction($0)) }
        let mark = try outbox([.table(LuaTable(fields: fields))])
        let number = name.withCString { clb_define_type(raw, $0, mark) }
        if number == 0 { throw failure() }
        return LuaObjectType(number: number)
    }

    /// Registers the userdata type of a class: an instance is found to be of it by itself, and is one value in Lua.
    package func defineType(
        of type: any LuaUserdata.Type, name: String, _ methods: [HostFunction]
    ) throws(LuaError) {
        classTypes[ObjectIdentifier(type)] = try defineType(name, methods)
    }

    func drainReferences() {
        for id in references.drain() { clb_unreference(raw, id) }
    }

    /// Appends values for the next entry and returns where they begin.
    func outbox(_ values: [LuaValue]) throws(LuaError) -> clb_outbox_mark {
        let mark = clb_outbox_begin(raw)
        let encoder = LuaEncoder(raw: raw, owner: references)
        do {
            for value in values { try encoder.append(value) }
        } catch {
            clb_outbox_rewind(raw, mark)
            switch error {
            case .memory: throw LuaError(kind: .stopped(.memory), message: "not enough memory")
            case .notRepresentable(let problem): throw LuaError(kind: .host, message: problem)
            }
        }
        return mark
    }

    func failure() -> LuaError {
        if let reason = StopReason(clb_stop_reason(raw)) {
            return LuaError(kind: .stopped(reason), message: reason.message)
        }
        return LuaError(kind: .host, message: "the value cannot go to Lua")
    }

    static func from(_ context: UnsafeMutableRawPointer) -> LuaState {
        Unmanaged<LuaState>.fromOpaque(context).takeUnretainedValue()
    }

    static func of(_ raw: OpaquePointer) -> LuaState {
        from(clb_context(raw))
    }
}
