import LuaRuntime
import Synchronization
import Testing

/// Objects of a described class are one value in Lua, for as long as Lua has them.
@Suite struct ObjectIdentityTests {
    private final class Token: LuaUserdata {
        let number: Int
        private let live: LiveCount

        init(_ number: Int, _ live: LiveCount) {
            self.number = number
            self.live = live
            live.add(1)
        }

        deinit { live.add(-1) }
    }

    /// A script with `get(n)`: the token of that number, the same one as long as `keeping` is true, and `again(token)`.
    private func evaluate(_ source: String, keeping: Bool, live: LiveCount) async throws -> [LuaValue] {
        let kept = Mutex<[Int: Token]>([:])
        let script = try LuaScript(limits: LuaLimits(memory: 32 << 20))
        let get = HostFunction.typed("get") { (number: Int) -> Token in
            kept.withLock { kept in
                if let token = kept[number] { return token }
                let token = Token(number, live)
                if keeping { kept[number] = token }
                return token
            }
        }
        let again = HostFunction.typed("again") { (token: Token) -> Token in token }
        try await script.withState { state throws(LuaError) in
            let number = HostFunction.method("number") { (token: Token) -> Int in token.number }
            let index = HostFunction.function("__index") { arguments in [.string("no \(arguments[2].description)")] }
            try state.defineType(of: Token.self, name: "Token", [number, index])
            try state.set(global: "get", to: .hostFunction(get))
            try state.set(global: "again", to: .hostFunction(again))
            try state.set(global: "later", to: .hostFunction(later))
        }
        let chunk = try await script.load(Array(source.utf8), chunkName: "@test.lua")
        return try await script.call(chunk)
    }

    @Test func oneObjectIsOneValue() async throws {
        let source = """
            local a, t = get(1), {}
            t[a] = "found"
            assert(rawequal(a, get(1)) and rawequal(a, again(a)) and not rawequal(a, get(2)))
            assert(t[get(1)] == "found" and rawequal(later(a), a))
            return a:number(), a.missing, a[1], again(a):number()
            """
        let values = try await evaluate(source, keeping: true, live: LiveCount())
        #expect(values.literal == "1, 'no \"missing\"', 'no 1', 1")
    }

    /// Addresses are used again by later objects; none may be taken for an earlier one.
    @Test(arguments: [true, false])
    func valuesComeAndGoWithTheCollector(keeping: Bool) async throws {
        let live = LiveCount()
        let source = """
            local held = {}
            for round = 1, 40 do
              for n = 1, 100 do
                local token = get(n)
                assert(token:number() == n and rawequal(again(token), token))
                if n % 7 == 0 then held[n] = token end
                if n % 13 == 0 then assert(held[n - n % 7] == nil or held[n - n % 7]:number() == n - n % 7) end
              end
              if round % 5 == 0 then held = {} end
              collectgarbage(round % 2 == 0 and "collect" or "step")
            end
            held = nil
            collectgarbage()
            return collectgarbage("count") < 1000
            """
        #expect(try await evaluate(source, keeping: keeping, live: live).literal == "true")
        #expect(live.value == 0)
    }

    /// A finaliser may bring back an object whose own finaliser has run: it is no token any more, and nobody gets it again.
    @Test func objectThatAFinaliserBringsBackIsEmpty() async throws {
        let source = """
            local back
            do
              local token = get(1)
              setmetatable({token}, {__gc = function(t) back = t[1] end})
              token = nil
            end
            collectgarbage() collectgarbage()
            local fresh = get(1)
            return fresh:number(), back == nil or pcall(back.number, back) or "empty"
            """
        let values = try await evaluate(source, keeping: true, live: LiveCount())
        #expect(values.first?.literal == "1")
    }
}
