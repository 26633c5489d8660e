import LuaRuntime
import Testing

@Suite struct FinalisedFunctionTests {
    /// Finalisers run in the reverse order of creation: a function of the host that is younger than the object goes first.
    @Test(arguments: ["object = nil collectgarbage() collectgarbage()", "kept = object", ""])
    func finaliserMayHoldAFunctionThatIsGone(end: String) async throws {
        let live = LiveCount()
        let make = HostFunction.function("make") { _ in
            let held = Counted(live)
            return [.hostFunction(HostFunction.function("made") { _ in withExtendedLifetime(held) { [.integer(1)] } })]
        }
        let source = """
            local object = setmetatable({}, {__gc = function(object) outcome = {pcall(object.call)} end})
            object.call = make()
            \(end)
            return outcome and outcome[2]
            """
        let results = try await run(source, functions: ["make": make])
        if end.contains("collectgarbage") { #expect(results.literal.contains("finalised")) }
        #expect(live.value == 0)
    }
}
