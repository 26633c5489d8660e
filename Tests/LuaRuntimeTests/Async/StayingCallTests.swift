import Glibc
import LuaRuntime
import Synchronization
import Testing

/// Functions that go on on the script's own thread.
@Suite struct StayingCallTests {
    /// Suspends, and tells whether it went on on the thread that it began on.
    private static func leaving(_ name: String, staysOnThread: Bool) -> HostFunction {
        HostFunction.async(name, staysOnThread: staysOnThread) { arguments in
            let before = pthread_self()
            await Task.detached { await Task.yield() }.value
            let isThere = pthread_self() == before
            return [.boolean(isThere)] + arguments.values
        }
    }

    private let stay = leaving("stay", staysOnThread: true)

    @Test func aFunctionThatStaysGoesOnOnTheScriptsThread() async throws {
        let results = try await run("return stay(1)", functions: ["stay": stay])
        #expect(results.map(\.literal) == ["true", "1"])
    }

    /// The thread serves what it is needed for where a call blocks it.
    @Test(arguments: [
        "local seen table.sort({2, 1}, function(a, b) seen = stay() return a < b end) return seen",
        "return (string.gsub('a', 'a', function() return tostring(stay()) end)) == 'true'",
    ])
    func whereLuaCannotYieldItStaysToo(source: String) async throws {
        #expect(try await run(source, functions: ["stay": stay]).map(\.literal) == ["true"])
    }

    /// Where the thread serves nothing, the function must not need it.
    @Test func inAFinaliserItEndsElsewhere() async throws {
        let source = """
            local seen
            setmetatable({}, {__gc = function() seen = select("#", stay(1, 2)) end})
            collectgarbage()
            return seen
            """
        #expect(try await run(source, functions: ["stay": stay]).map(\.literal) == ["3"])
    }

    @Test(.timeLimit(.minutes(1))) func deepInBlockedCallsItEndsElsewhere() async throws {
        let source = """
            local function nest(depth)
              local seen
              table.sort({2, 1}, function(a, b)
                seen = depth == 0 and 1 or nest(depth - 1)
                stay()
                return a < b
              end)
              return seen
            end
            return nest(20)
            """
        #expect(try await run(source, functions: ["stay": stay]).map(\.literal) == ["1"])
    }

    /// What goes on after the script's end finds another thread.
    @Test(.timeLimit(.minutes(1))) func whatOutlivesTheScriptEndsElsewhere() async throws {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        let (begins, begin) = AsyncStream.makeStream(of: Void.self)
        let (gates, gate) = AsyncStream.makeStream(of: Void.self)
        let work = HostFunction.async("work", staysOnThread: true) { _ in
            begin.yield()
            // Not ended by the script's end, as a write's request is not.
            await Task { for await _ in gates { break } }.value
            end.yield()
            return []
        }
        let stop = ScriptStop()
        let running = Task { try? await run("work()", functions: ["work": work], stop: stop) }
        for await _ in begins { break }
        stop.request(.cancelled)
        _ = await running.value
        gate.yield()
        for await _ in ends { break }
    }
}
