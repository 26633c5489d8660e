import CLuaBoundary

/// One call of a synchronous host function, while it lasts: typed access to the arguments, and the results.
///
/// The fastest way in and out: nothing is copied that is not asked for. Positions count from 1, as Lua's messages do.
package struct LuaCall: ~Copyable {
    private let call: UnsafeMutablePointer<clb_call>
    private let function: HostFunctionBody
    /// The state is there for as long as the call, which cannot be copied or kept. It may be in its deinit, where the script's
    /// finalisers run: a checked reference would trap then.
    private unowned(unsafe) let state: LuaState
    private var resultCount: UInt32 = 0

    init(call: UnsafeMutablePointer<clb_call>, function: HostFunctionBody, state: LuaState) {
        self.call = call
        self.function = function
        self.state = state
    }

    package var argumentCount: Int { Int(call.pointee.argument_count) }

    /// All arguments, copied.
    package func arguments() -> LuaArguments {
        var decoder = LuaDecoder(
            values: call.pointee.arguments, count: call.pointee.value_count, owner: state.references)
        return LuaArguments(
            function: function.name, values: decoder.decode(topLevel: call.pointee.argument_count))
    }

    /// The integer at this position; a number with an integral value counts (manual §3.4.3).
    package func integer(_ position: Int) throws(LuaArgumentError) -> Int64 {
        guard let value = flat(position) else { return try arguments().integer(position) }
        if value.tag == CLB_INTEGER { return value.integer }
        if value.tag == CLB_NUMBER, let integer = Int64(exactly: value.number) { return integer }
        return try arguments().integer(position)
    }

    /// The number at this position, integers included.
    package func number(_ position: Int) throws(LuaArgumentError) -> Double {
        guard let value = flat(position) else { return try arguments().number(position) }
        if value.tag == CLB_NUMBER { return value.number }
        if value.tag == CLB_INTEGER { return Double(value.integer) }
        return try arguments().number(position)
    }

    /// The bytes of the string at this position.
    package func string(_ position: Int) throws(LuaArgumentError) -> LuaString {
        guard let value = flat(position), value.tag == CLB_STRING else { return try arguments().string(position) }
        return LuaString(bytes: value.string.bytes, count: value.string.count)
    }

    package mutating func append(_ integer: Int64) throws(LuaEncodingError) {
        guard clb_append_integer(state.raw, integer) else { throw LuaEncodingError.memory }
        resultCount += 1
    }

    package mutating func append(_ number: Double) throws(LuaEncodingError) {
        guard clb_append_number(state.raw, number) else { throw LuaEncodingError.memory }
        resultCount += 1
    }

    package mutating func append(_ flag: Bool) throws(LuaEncodingError) {
        guard clb_append_boolean(state.raw, flag) else { throw LuaEncodingError.memory }
        resultCount += 1
    }

    package mutating func append(_ value: LuaValue) throws(LuaEncodingError) {
        try LuaEncoder(raw: state.raw, owner: state.references).append(value)
        resultCount += 1
    }

    /// Appends a table whose items, then keys and values, are appended by `appendItem` right after it.
    package mutating func appendTable(items: Int, pairs: Int) throws(LuaEncodingError) {
        guard clb_append_table(state.raw, UInt32(clamping: items), UInt32(clamping: pairs), CLB_MARK_NONE) else {
            throw LuaEncodingError.memory
        }
        resultCount += 1
    }

    /// Appends what belongs to the last table.
    package func appendItem(_ bytes: UnsafeRawBufferPointer) throws(LuaEncodingError) {
        let text = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        guard clb_append_string(state.raw, text, bytes.count) else { throw LuaEncodingError.memory }
    }

    /// Appends a string as a result.
    package mutating func append(bytes: UnsafeRawBufferPointer) throws(LuaEncodingError) {
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
    package var isStopped: Bool { clb_stop_reason(state.raw) != CLB_STOP_NONE }

    /// Compiles a text into a function of the same script.
    package func load(_ source: [UInt8], chunkName: String) throws(LuaError) -> LuaFunction {
        try state.load(source, chunkName: chunkName)
    }

    var appendedResults: UInt32 { resultCount }

    /// The value at a top-level position when no argument is a table, so that positions are indices.
    private func flat(_ position: Int) -> clb_value? {
        guard call.pointee.value_count == call.pointee.argument_count, position >= 1,
            position <= Int(call.pointee.argument_count)
        else { return nil }
        return call.pointee.arguments[position - 1]
    }
}
