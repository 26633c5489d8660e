import CLuaBoundary

/// One call of a synchronous host function, while it lasts: typed access to the arguments, and the results.
///
/// The fastest way in and out: nothing is copied that is not asked for. Positions count from 1, as Lua's messages do.
public struct LuaCall: ~Copyable {
    /// A `clb_call`. It is there for as long as the call, which this cannot outlive: it cannot be copied or kept.
    @usableFromInline let pointer: UnsafeMutableRawPointer
    @usableFromInline var resultCount: UInt32 = 0
    /// Whether the only result so far is a plain one, which needs no outbox.
    @usableFromInline var isPlain = false

    @inline(__always)
    init(_ call: UnsafeMutablePointer<clb_call>) {
        pointer = UnsafeMutableRawPointer(call)
    }

    var call: UnsafeMutablePointer<clb_call> { pointer.assumingMemoryBound(to: clb_call.self) }

    /// It may be in its deinit, where the script's finalisers run: a checked reference would trap then.
    var state: LuaState { LuaState.of(call.pointee.state) }
    private var raw: OpaquePointer { call.pointee.state }

    package var argumentCount: Int { Int(clb_count_arguments(call)) }

    /// The name that the function is registered under, for errors.
    var name: String {
        Unmanaged<HostFunctionBody>.fromOpaque(call.pointee.function)._withUnsafeGuaranteedRef { $0.name }
    }

    /// All arguments, copied.
    package func arguments() throws -> LuaArguments {
        try gather()
        var decoder = LuaDecoder(
            values: call.pointee.arguments, count: call.pointee.value_count, state: state)
        return LuaArguments(function: name, values: decoder.decode(topLevel: call.pointee.argument_count))
    }

    /// The argument at this position, copied; nil where there is none.
    func argument(_ position: Int) throws -> LuaValue {
        guard position >= 1, position <= argumentCount else { return .nil }
        try check(clb_read_arguments(call))
        if call.pointee.arguments[position - 1].tag.rawValue >= CLB_LIVE.rawValue { try gather() }
        var decoder = LuaDecoder(
            values: call.pointee.arguments, count: call.pointee.value_count, state: state)
        return decoder.decode(at: position)
    }

    /// Copies what is in Lua still.
    private func gather() throws(LuaCallFailure) { try check(clb_gather_arguments(call)) }

    private func check(_ outcome: clb_outcome) throws(LuaCallFailure) {
        if outcome != CLB_RETURN { throw LuaCallFailure(outcome: outcome) }
    }

    /// The integer at this position; a number with an integral value counts (manual §3.4.3).
    package func integer(_ position: Int) throws -> Int64 {
        if let value = plain(position) {
            if value.tag == CLB_INTEGER { return value.integer }
            if value.tag == CLB_NUMBER, let integer = Int64(exactly: value.number) { return integer }
        }
        return try arguments().integer(position)
    }

    /// The number at this position, integers included.
    package func number(_ position: Int) throws -> Double {
        if let value = plain(position) {
            if value.tag == CLB_NUMBER { return value.number }
            if value.tag == CLB_INTEGER { return Double(value.integer) }
        }
        return try arguments().number(position)
    }

    /// The bytes of the string at this position.
    package func string(_ position: Int) throws -> LuaString {
        guard let value = plain(position), value.tag == CLB_STRING else { return try arguments().string(position) }
        return LuaString(bytes: value.string.bytes, count: value.string.count)
    }

    /// Hands the results over: to be called last.
    @inline(__always)
    func finish() -> clb_outcome {
        if isPlain { return CLB_RETURN_PLAIN }
        call.pointee.result_count = resultCount
        return CLB_RETURN
    }

    /// Holds the first result where it may stay, should no other follow.
    @inlinable @inline(__always)
    mutating func hold<Value>(_ tag: UInt32, _ value: Value) {
        let result = pointer + LuaCallLayout.result
        result.storeBytes(of: tag, as: UInt32.self)
        result.storeBytes(of: value, toByteOffset: LuaCallLayout.payload, as: Value.self)
        isPlain = true
        resultCount = 1
    }

    /// The same for a short text; false where it is none, or not the first.
    mutating func hold(_ text: String) -> Bool {
        guard resultCount == 0, let words = SmallText.words(of: text) else { return false }
        hold(CLB_SMALL_TEXT.rawValue, words)
        return true
    }

    @inlinable @inline(__always)
    package mutating func append(_ integer: Int64) throws(LuaEncodingError) {
        if resultCount == 0 { hold(LuaCallLayout.integer, integer) } else { try add(.integer(integer)) }
    }

    @inlinable @inline(__always)
    package mutating func append(_ number: Double) throws(LuaEncodingError) {
        if resultCount == 0 { hold(LuaCallLayout.number, number) } else { try add(.number(number)) }
    }

    @inlinable @inline(__always)
    package mutating func append(_ flag: Bool) throws(LuaEncodingError) {
        if resultCount == 0 { hold(LuaCallLayout.boolean, flag) } else { try add(.boolean(flag)) }
    }

    @usableFromInline
    package mutating func append(_ value: LuaValue) throws(LuaEncodingError) {
        switch value {
        case .integer(let integer): try append(integer)
        case .number(let number): try append(number)
        case .boolean(let flag): try append(flag)
        default: try add(value)
        }
    }

    @usableFromInline
    mutating func add(_ value: LuaValue) throws(LuaEncodingError) {
        try makeRoom()
        try LuaEncoder(raw: raw, owner: state.references).append(value)
        resultCount += 1
    }

    /// Puts the plain result into the outbox, where others follow it.
    private mutating func makeRoom() throws(LuaEncodingError) {
        guard isPlain else { return }
        isPlain = false
        let fits =
            switch call.pointee.result.tag {
            case CLB_INTEGER: clb_append_integer(raw, call.pointee.result.integer)
            case CLB_NUMBER: clb_append_number(raw, call.pointee.result.number)
            case CLB_STRING: clb_append_held_string(call)
            case CLB_SMALL_TEXT: clb_append_small_text(raw, call.pointee.result.small)
            default: clb_append_boolean(raw, call.pointee.result.boolean)
            }
        guard fits else { throw LuaEncodingError.memory }
    }

    /// Appends a table whose items, then keys and values, are appended by `appendItem` right after it.
    package mutating func appendTable(items: Int, pairs: Int) throws(LuaEncodingError) {
        try makeRoom()
        guard clb_append_table(raw, UInt32(clamping: items), UInt32(clamping: pairs), CLB_MARK_NONE) else {
            throw LuaEncodingError.memory
        }
        resultCount += 1
    }

    /// Appends what belongs to the last table.
    package func appendItem(_ bytes: UnsafeRawBufferPointer) throws(LuaEncodingError) {
        let text = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        guard clb_append_string(raw, text, bytes.count) else { throw LuaEncodingError.memory }
    }

    /// Appends a string as a result.
    package mutating func append(bytes: UnsafeRawBufferPointer) throws(LuaEncodingError) {
        if resultCount == 0 {
            let text = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            guard clb_hold_string(call, text, bytes.count) else { throw LuaEncodingError.memory }
            isPlain = true
            resultCount = 1
            return
        }
        try makeRoom()
        try appendItem(bytes)
        resultCount += 1
    }

    /// Calls a Lua function from within this host function. Lua cannot yield across such a call: asynchronous host
    /// functions below it make the script's thread wait.
    package func invoke(_ function: LuaFunction, _ arguments: [LuaValue]) throws(LuaError) -> [LuaValue] {
        try state.call(function, arguments)
    }

    /// Ends the script as `os.exit` does: unwound, its `<close>` variables run.
    package func exitScript(status: Int32) {
        state.requestExit(status: status)
    }

    /// Whether the script has been told to end, by a limit or its host: a long call then gives up.
    package var isStopped: Bool { clb_stop_reason(raw) != CLB_STOP_NONE }

    /// Compiles a text into a function of the same script.
    package func load(_ source: [UInt8], chunkName: String) throws(LuaError) -> LuaFunction {
        try state.load(source, chunkName: chunkName)
    }

    /// Loads a text of the program's own into the same script.
    package func load(_ chunk: EmbeddedChunk) throws(LuaError) -> LuaFunction { try state.load(chunk) }

    /// The value at a position, unless the arguments were copied, where positions are no indices; live where it is no plain one.
    @inline(__always)
    func plain(_ position: Int) -> clb_value? {
        guard !call.pointee.is_gathered, position >= 1, position <= Int(call.pointee.plain_count) else { return nil }
        return (pointer + LuaCallLayout.plain).assumingMemoryBound(to: clb_value.self)[position - 1]
    }
}
