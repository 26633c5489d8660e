import LuaRuntime
import Testing

/// Lua before 5.4.5 (upstream fix 196bb94d): `lua_settop` over a to-be-closed slot goes on with a stale stack pointer
/// when closing it moved the stack. A half-built string of the JSON decoder is such a slot; any server's answer may hold it.
@Suite struct BufferOverSettopTests {
    /// Text that is refused after its string has outgrown the buffer on the C stack.
    static let refused = ["\\q", "\\ud800", "\\u12", "\u{1}", "", "\\"].map {
        "\"\\n" + String(repeating: "a", count: 5000) + $0
    }
    static let answer = HostFunction.function("answer") { arguments in [.json(try arguments.string(1).bytes)] }

    @Test(arguments: refused)
    func refusedTextLeavesTheStackWhole(text: String) async throws {
        let source = """
            local text = ...
            local refusals = 0
            local function try(...) if not pcall(answer, text, ...) then refusals = refusals + 1 end end
            for depth = 1, 40 do
              coroutine.wrap(function(...) try(...) end)(table.unpack({}, 1, depth))
              local nested = ("["):rep(depth) .. text
              coroutine.wrap(function() if not pcall(answer, nested) then refusals = refusals + 1 end end)()
            end
            return refusals, select("#", pcall(json.decode, text))
            """
        let results = try await run(
            source, functions: ["answer": Self.answer], arguments: [.string(LuaString(text))])
        #expect(results.literal == "80, 2")
    }
}
