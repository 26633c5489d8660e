import Testing

@testable import LuaRuntime

/// Texts of the program's own, compiled once for many states.
@Suite struct EmbeddedChunkTests {
    @Test func itRunsAlikeInEachStateThatLoadsIt() throws {
        let chunk = EmbeddedChunk(
            Array("local n = ...\nlocal function twice(x) return 2 * x end\nreturn twice(n), _VERSION".utf8),
            name: "=[own]")
        for number in Int64(1)...4 {
            let state = try LuaState()
            let results = try state.call(try state.load(chunk), [.integer(number)])
            #expect(results.literal == "\(2 * number), 'Lua 5.4'")
        }
    }

    @Test func errorsNameTheSameLineOnceItIsCompiled() throws {
        let chunk = EmbeddedChunk(Array("local t = {}\n\nreturn t.x.y".utf8), name: "=[own]")
        var messages: Set<String> = []
        for _ in 1...4 {
            let state = try LuaState()
            let function = try state.load(chunk)
            let error = #expect(throws: LuaError.self) { _ = try state.call(function) }
            messages.insert(error?.message ?? "")
        }
        #expect(messages.count == 1)
        #expect(messages.first?.contains("field 'x'") == true)
    }

    @Test func bytecodeFromOutsideIsStillRefused() throws {
        let state = try LuaState()
        let function = try state.load(Array("return 1".utf8), chunkName: "=text")
        let bytes = try #require(state.bytecode(of: function))
        #expect(throws: LuaError.self) { _ = try state.load(bytes, chunkName: "=text") }
        #expect(try state.call(state.loadOwn(bytes, chunkName: "=text")).literal == "1")
    }
}
