import LuaRuntime
import Testing

/// Errors of every sort through three nested boundaries: Lua → Swift → Lua → Swift → Lua → Swift.
@Suite struct NestedBoundaryTests {
    struct Deep: Error, Equatable {}

    private let live = LiveCount()

    /// Calls its argument. Each level holds a Swift object: jumping over its frame would leak it.
    private var relay: HostFunction {
        HostFunction.direct("relay") { [live] call in
            let held = Counted(live)
            let function = try call.arguments().function(1)
            for value in try call.invoke(function, []) { try call.append(value) }
            withExtendedLifetime(held) {}
        }
    }
    private var big: HostFunction {
        HostFunction.direct("big") { [live] call in
            let held = Counted(live)
            try call.append(.string(LuaString(bytes: [UInt8](repeating: 65, count: 8 << 20))))
            withExtendedLifetime(held) {}
        }
    }
    private var fail: HostFunction {
        HostFunction.direct("fail") { [live] call in
            let held = Counted(live)
            defer { withExtendedLifetime(held) {} }
            throw Deep()
        }
    }

    private func nested(_ innermost: String) -> String {
        """
        return relay(function()
          return relay(function()
            return relay(function() \(innermost) end)
          end)
        end)
        """
    }

    @Test func luaError() async throws {
        let error = try await failure(of: nested("error({code = 3})"), functions: ["relay": relay])
        #expect(error.value.literal == "{['code']=3}")
        #expect(live.value == 0)
    }

    @Test func swiftError() async throws {
        let error = try await failure(of: nested("fail()"), functions: ["relay": relay, "fail": fail])
        #expect(error.cause as? Deep == Deep())
        #expect(live.value == 0)
    }

    @Test func memoryErrorWhilePushing() async throws {
        let error = try await failure(
            of: nested("local t = {} for i = 1, 10 do t[i] = big() end"),
            functions: ["relay": relay, "big": big], limits: LuaLimits(memory: 32 << 20))
        #expect(error.kind == .stopped(.memory))
        #expect(live.value == 0)
    }

    @Test func memoryErrorInLuaItself() async throws {
        let error = try await failure(
            of: nested("local t = {} while true do t[#t + 1] = {} end"), functions: ["relay": relay],
            limits: LuaLimits(memory: 8 << 20))
        #expect(error.kind == .stopped(.memory))
        #expect(live.value == 0)
    }

    /// The memory limit falls at every place in turn; whatever it strikes, the error arrives and nothing is lost.
    @Test func memoryLimitMayStrikeAnywhere() async throws {
        let source = """
            local ok, e = pcall(relay, function() return fail() end)
            local co = coroutine.wrap(function() for i = 1, 3 do coroutine.yield({i, tostring(i), e}) end end)
            local all = {}
            for t in co do all[#all + 1] = t end
            table.sort(all, function(a, b) return later(a[1] > b[1]) end)
            local text = json.encode({n = #all, s = ("x"):rep(100)})
            return relay(function() return json.decode(text).n, all end)
            """
        let functions = ["relay": relay, "fail": fail, "later": later]
        var outcomes: Set<String> = []
        var memory = 4096
        while memory < 120_000 {
            do {
                let results = try await run(source, functions: functions, limits: LuaLimits(memory: memory))
                #expect(results.first?.literal == "3")
                outcomes.insert("finished")
            } catch let error as LuaError {
                #expect(error.kind == .stopped(.memory), "\(memory): \(error)")
                outcomes.insert("stopped")
            }
            memory += 331
        }
        #expect(outcomes == ["finished", "stopped"])
        #expect(live.value == 0)
    }
}
