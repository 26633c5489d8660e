import Glibc
import LuaRuntime
import Synchronization
import Testing

/// Lua before 5.4.7 (upstream fix f623b969) reads beyond a string where the locale calls strings of different lengths
/// equal; in every version the locale decides how numbers are read. A program that embeds scripts may set any locale.
@Suite(.serialized) struct LocaleTests {
    @Test func scriptsRunInTheCLocaleWhateverTheProcessHas() async throws {
        try #require(setlocale(LC_ALL, "C.UTF-8") != nil)
        defer { setlocale(LC_ALL, "C") }
        #expect(codeset() == "UTF-8")
        let inside = Mutex("")
        let look = HostFunction.function("look") { _ in
            inside.withLock { $0 = codeset() }
            return []
        }
        let results = try await run(
            "look() return 'a' < 'b', 'Z' < 'a', 'a' < 'a\\0', tostring(1.5), json.decode('2.5')",
            functions: ["look": look])
        #expect(results.literal == "true, true, true, '1.5', 2.5")
        #expect(inside.withLock { $0 } == "ANSI_X3.4-1968")
        #expect(codeset() == "UTF-8")
    }

    @Test func threadKeepsItsOwnLocaleOutside() throws {
        try #require(setlocale(LC_ALL, "C.UTF-8") != nil)
        defer { setlocale(LC_ALL, "C") }
        let state = try LuaState()
        _ = try state.load(Array("return 1".utf8), chunkName: "=t")
        #expect(codeset() == "UTF-8")
    }

    @Test func scriptCannotSetIt() async throws {
        #expect(try await run("return os.setlocale('C.UTF-8'), os.setlocale()").literal == "nil, 'C'")
    }
}

private func codeset() -> String {
    nl_langinfo(Int32(CODESET)).map { String(cString: $0) } ?? ""
}
