import LuaRuntime
import Synchronization
import Testing

@Suite struct ObjectTests {
    private final class Tally: Sendable {
        let count = Mutex<Int64>(0)
    }

    private func withTally(_ source: String, tally: Tally) async throws -> [LuaValue] {
        let script = try LuaScript(limits: LuaLimits(memory: 32 << 20))
        return try await script.withState { state throws(LuaError) in
            let type = try state.defineType(
                "Tally",
                [
                    HostFunction.direct("add") { call in
                        guard case .object(let object) = try call.arguments()[1], let tally = object.object as? Tally
                        else {
                            throw try call.arguments().expected("Tally", at: 1)
                        }
                        let amount = try call.integer(2)
                        try call.append(
                            tally.count.withLock {
                                $0 += amount; return $0
                            })
                    },
                    HostFunction.direct("__close") { call in
                        guard case .object(let object) = try call.arguments()[1], let tally = object.object as? Tally
                        else {
                            return
                        }
                        tally.count.withLock { $0 = -1 }
                    },
                ])
            let chunk = try state.load(Array(source.utf8), chunkName: "@test.lua")
            return try state.call(chunk, [.object(LuaObject(tally, type: type))])
        }
    }

    @Test func methodsWorkOnTheSwiftObject() async throws {
        let tally = Tally()
        let results = try await withTally("local t = ... t:add(2) return t:add(40), t", tally: tally)
        #expect(results.first?.literal == "42")
        guard case .object(let object) = results[1] else {
            Issue.record("an object expected")
            return
        }
        #expect(ObjectIdentifier(object.object) == ObjectIdentifier(tally))
    }

    @Test func closeVariableClosesTheObject() async throws {
        let tally = Tally()
        _ = try await withTally("local t <close> = ...", tally: tally)
        #expect(tally.count.withLock { $0 } == -1)
    }

    @Test(arguments: [
        ("local t = ... t.add({}, 1)", "Tally expected, got table"),
        ("local t = ... t.add(io, 1)", "Tally expected, got nil"),
        ("local t = ... t.add(t, 'x')", "number expected, got string"),
        ("local t = ... t.add(t)", "number expected, got no value"),
        ("local t = ... t:missing()", "attempt to call a nil value (method 'missing')"),
        ("local t = ... return #t", "attempt to get length of a Tally value"),
    ])
    func misuseIsAnErrorThatNamesTheType(source: String, message: String) async throws {
        do {
            _ = try await withTally(source, tally: Tally())
            Issue.record("an error expected")
        } catch {
            #expect("\(error)".contains(message))
        }
    }

    @Test func metatableIsOutOfReach() async throws {
        #expect(try await withTally("return getmetatable((...))", tally: Tally()).literal == "false")
    }

    @Test func objectIsReleasedWhenLuaDropsIt() async throws {
        let live = LiveCount()
        do {
            let script = try LuaScript()
            try await script.withState { state throws(LuaError) in
                let type = try state.defineType("Counted", [])
                let make = HostFunction.function("make") { _ in [.object(LuaObject(Counted(live), type: type))] }
                try state.set(global: "make", to: .hostFunction(make))
                let chunk = try state.load(
                    Array("for _ = 1, 100 do make() end collectgarbage() keep = make()".utf8), chunkName: "@t.lua")
                _ = try state.call(chunk)
            }
            #expect(live.value == 1)
        }
        #expect(live.value == 0)
    }
}
