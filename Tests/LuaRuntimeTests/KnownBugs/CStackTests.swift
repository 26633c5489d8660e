import Glibc
import LuaRuntime
import Testing

/// Recursion through C ends in an error, never in a crash, whatever lies between.
@Suite struct CStackTests {
    static let endless = [
        "local function f() string.gsub('a', 'a', f) end f()",
        "local t = setmetatable({}, {}) getmetatable(t).__tostring = function() return string.format('%s', t) end tostring(t)",
        "local t = setmetatable({}, {}) getmetatable(t).__tostring = function() print(t) return '' end tostring(t)",
        "local t = setmetatable({}, {}) getmetatable(t).__index = function(_, k) return t[k] end return t.x",
        "local t = setmetatable({}, {}) getmetatable(t).__newindex = function(_, k) t[k] = 1 end t.x = 1",
        "local t = setmetatable({}, {}) getmetatable(t).__eq = function() return t == setmetatable({}, getmetatable(t)) end return t == setmetatable({}, getmetatable(t))",
        "local t = setmetatable({}, {__len = function() return 3 end}) getmetatable(t).__index = function() return table.concat(t) end table.concat(t)",
        "local function f() table.sort({1, 2, 3}, f) end f()",
        "local function f() return coroutine.wrap(f)() end f()",
        "local function f() local _ <close> = setmetatable({}, {__close = f}) end f()",
        "local function f() for _ in f do end end f()",
        "local function f() relay(f) end f()",
        "local function f() relay(function() string.gsub('a', 'a', function() f() end) end) end f()",
        "local problem local function f() local _, e = load(f) problem = problem or e return nil end f() error(problem)",
        "assert(load('return ' .. ('('):rep(1000)))",
        "assert(load('return ' .. ('{'):rep(1000)))",
        "assert(load(('do '):rep(1000)))",
        "assert(load(('function f() '):rep(1000)))",
        "assert(load('x = ' .. ('a..'):rep(1000) .. '1'))",
        "assert(load('x = ' .. ('- '):rep(1000) .. '1'))",
        "assert(load(('a,'):rep(1000) .. 'a = 1'))",
        "string.find(('a'):rep(300), ('a?'):rep(300) .. 'b')",
    ]
    static let functions = ["relay": StopTests.relay]

    @Test(arguments: endless)
    func recursionThroughCIsAnError(source: String) async throws {
        let error = try await failure(of: source, functions: Self.functions)
        let words = ["overflow", "C levels", "too complex"]
        #expect(words.contains { error.message.contains($0) }, "\(error.message.prefix(300))")
    }

    /// Each catches its own error: the recursion ends by itself.
    static let caught = [
        "local function f() return pcall(f) end f()",
        "local function f() return xpcall(f, f) end f()",
        "local function f() return xpcall(error, f) end f()",
        "local function f() return coroutine.resume(coroutine.create(f)) end f()",
        "local function f() setmetatable({}, {__gc = f}) collectgarbage() end f()",
        "local function f() string.gsub('a', 'a', f) end setmetatable({}, {__gc = f}) collectgarbage()",
        "local text = ('a={'):rep(150) local function f() local given = false load(function() if given then f() return nil end given = true return text end) end f()",
        "local t = {} for _ = 1, 300 do t = {t} end pcall(json.encode, t) pcall(json.encode, t, {sort_keys = true}) pcall(relay, t)",
        "pcall(json.decode, ('['):rep(100000)) pcall(json.decode, ('{\\\"a\\\":'):rep(100000))",
    ]

    @Test(arguments: caught)
    func recursionThatCatchesItsErrorEnds(source: String) async throws {
        #expect(try await run(source + " return 'done'", functions: Self.functions).literal == "'done'")
    }

    /// A state closes on whatever thread lets it go; its finalisers need a script's stack even so.
    @Test func finalisersHaveAStackWhereverTheStateCloses() throws {
        let status = onSmallThread {
            guard let state = try? LuaState(limits: LuaLimits(grace: .seconds(5))) else { return }
            let source = """
                local function f() return (string.gsub("a", "a", f)) end
                kept = setmetatable({}, {__gc = function() pcall(f) end})
                """
            guard let chunk = try? state.load(Array(source.utf8), chunkName: "=t") else { return }
            _ = try? state.call(chunk)
        }
        #expect(status == 0)
    }
}

/// Runs on a thread of 192 KiB, and waits for it.
private func onSmallThread(_ body: @escaping @Sendable () -> Void) -> Int32 {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    defer { attributes.deallocate() }
    pthread_attr_init(attributes)
    pthread_attr_setstacksize(attributes, 192 << 10)
    var thread: pthread_t = 0
    let status = pthread_create(
        &thread, attributes,
        { context in
            if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
            return nil
        }, Unmanaged.passRetained(Box(body)).toOpaque())
    pthread_attr_destroy(attributes)
    return status == 0 ? pthread_join(thread, nil) : status
}
