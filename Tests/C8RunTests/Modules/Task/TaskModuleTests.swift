import C8Run
import Logging
import Synchronization
import Testing

@Suite struct TaskModuleTests {
    /// Runs a script and returns what it prints.
    private func run(_ source: String) async throws -> String {
        let printed = Mutex<[UInt8]>([])
        let configuration = ScriptHost.Configuration(
            standardOutput: { bytes in printed.withLock { $0 += bytes } }, logger: Logger(label: "test"))
        let script = Script(source: Array(("local task = require 'c8.task' " + source).utf8), name: "test.lua")
        _ = try await ScriptHost(configuration: configuration).run(script)
        return String(decoding: printed.withLock { $0 }, as: UTF8.self)
    }

    private func failure(of source: String) async throws -> ScriptError {
        do {
            Issue.record("nothing was raised, but printed: \(try await run(source))")
        } catch let error as ScriptError {
            return error
        }
        throw CancellationError()
    }

    @Test(
        arguments: [
            (
                "local t = task.spawn(function(a, b) task.sleep(0) return a + b, nil, 'x' end, 1, 2) print(t:await())",
                "3\tnil\tx"
            ),
            ("local t = task.spawn(function() return {} end) print(t:await() == t:await())", "true"),
            ("local v = {} print(task.spawn(function(x) return x end, v):await() == v)", "true"),
            ("print(task.spawn(setmetatable({}, {__call = function(_, x) return x end}), 4):await())", "4"),
            (
                "local order = {} for i = 1, 3 do task.spawn(function() order[#order + 1] = i end) end task.sleep(0) "
                    + "print(table.concat(order, ' '))", "1 2 3"
            ),
            (
                "print(table.concat(task.all{function() task.sleep(.01) return 'a' end, function() return 'b' end}, ' '))",
                "a b"
            ),
            ("print(#task.all{})", "0"),
            ("local t = task.spawn(function() return 5 end) print(task.all{t, t}[2])", "5"),
            (
                "print(task.race{function() task.sleep(60) end, function() task.sleep(.01) return 'fast', 2 end})",
                "fast\t2"
            ),
            ("print(task.scope(function() return 1, 2 end))", "1\t2"),
            (
                "local d task.scope(function() task.spawn(function() task.sleep(.01) d = 'done' end) end) print(d)",
                "done"
            ),
            ("print(task.timeout(60, function(x) return x end, 7))", "7"),
            ("task.spawn(function() task.sleep(.01) print('the script waits for it') end)", "the script waits for it"),
            ("do local t <close> = task.spawn(task.sleep, 60) end print('closed')", "closed"),
            (
                "local t = {3, 1, 2} table.sort(t, function(a, b) return task.spawn(function() task.sleep(0) "
                    + "return a < b end):await() end) print(table.concat(t, ' '))", "1 2 3"
            ),
            (
                "print((('abc'):gsub('%w', function(c) return task.all{function() task.sleep(0) return c .. c end}[1] end)))",
                "aabbcc"
            ),
            (
                "local other = false task.spawn(function() task.sleep(.02) other = true end) "
                    + "table.sort({2, 1}, function(a, b) while not other do task.sleep(.01) end return a < b end) "
                    + "print(other)", "true"
            ),
            // Without a position: it would be a line of this host.
            ("print(select(2, pcall(function() task.spawn(error, 'x'):await() end)))", "x"),
        ] as [(String, String)])
    func tasksRunAndEnd(source: String, printed: String) async throws {
        #expect(try await run(source) == printed + "\n")
    }

    @Test(
        arguments: [
            ("task.spawn(function() error({kind = 'mine'}) end):await()", "mine"),
            ("local t = task.spawn(error, {kind = 'mine'}) pcall(t.await, t) t:await()", "mine"),
            ("task.all{function() task.sleep(60) end, function() error({kind = 'mine'}) end}", "mine"),
            ("task.race{function() task.sleep(60) end, function() error({kind = 'mine'}) end}", "mine"),
            ("task.scope(function() task.spawn(error, {kind = 'mine'}) end)", "mine"),
            ("task.timeout(.01, task.sleep, 60)", "timeout"),
            ("task.timeout(.01, function() pcall(task.sleep, 60) task.sleep(60) end)", "timeout"),
            ("task.timeout(.02, function() while true do end end)", "timeout"),
            ("task.timeout(.02, function() while true do pcall(function() while true do end end) end end)", "timeout"),
            ("task.timeout(.02, function() task.timeout(60, function() while true do end end) end)", "timeout"),
            (
                "task.timeout(60, function() pcall(task.timeout, .02, function() while true do end end) error({kind = 'own'}) end)",
                "own"
            ),
            ("task.timeout(.02, function() task.spawn(function() while true do end end):await() end)", "timeout"),
            ("task.timeout(.02, function() pcall(task.sleep, 60) while true do end end)", "timeout"),
            ("local t = task.spawn(task.sleep, 60) t:cancel() t:await()", "cancelled"),
            ("local t = task.spawn(task.sleep, 60) task.sleep(0) task.cancel(t) t:await()", "cancelled"),
            (
                "local t = task.spawn(function() pcall(task.sleep, 60) task.sleep(60) end) task.sleep(0) t:cancel() t:await()",
                "cancelled"
            ),
            (
                "local t = task.spawn(function() task.spawn(task.sleep, 60) end) task.sleep(0) t:cancel() t:await()",
                "nothing"
            ),
            (
                "local a = task.spawn(function() table.sort({2, 1}, function(x, y) task.sleep(.02) return x < y end) end) "
                    + "task.sleep(0) table.sort({2, 1}, function(x, y) a:await() return x < y end)", "invalid"
            ),
            ("local me me = task.spawn(function() me:await() end) me:await()", "invalid"),
        ] as [(String, String)])
    func errorsReachWhoeverWaits(source: String, kind: String) async throws {
        let wrapped =
            "local ok, e = pcall(function() \(source) end) print(ok and 'nothing' or type(e) == 'table' and e.kind or e)"
        #expect(try await run(wrapped) == kind + "\n")
    }

    @Test func timeoutTellsWhereALoopWasEnded() async throws {
        let source =
            "local ok, e = pcall(task.timeout, .02, function()\nwhile true do end end) print(e.message, e.position)"
        #expect(
            try await run(source)
                == "not done within 0.02 seconds: it was ended at test.lua:2\ttest.lua:2\n")
    }

    /// Both are over by the time that the script's thread can look: the outer one's end came first, and is the one that counts.
    @Test(arguments: [
        ("", "timeout\tnot done within 0.01 seconds"),
        ("local ok, e = pcall(inner) print(e.kind) task.sleep(60)", "cancelled\ntimeout\tnot done within 0.01 seconds"),
    ])
    func boundThatIsOverFirstIsTold(caught: String, printed: String) async throws {
        let source = """
            local function inner() task.timeout(.02, function() while true do end end) end
            local ok, e = pcall(task.timeout, .01, function() \(caught.isEmpty ? "inner()" : caught) end)
            print(e.kind, (e.message:gsub(": it was.*", "")))
            """
        #expect(try await run(source) == printed + "\n")
    }

    /// Waits that nothing would ever end are errors, in one task of the cycle at least; the script itself ends.
    @Test(
        arguments: [
            (
                "local a, b a = task.spawn(function() b:await() end) b = task.spawn(function() a:await() end) a:await()",
                2
            ),
            (
                "local a, b, c a = task.spawn(function() b:await() end) b = task.spawn(function() c:await() end) "
                    + "c = task.spawn(function() a:await() end) a:await()", 3
            ),
            ("local a a = task.spawn(function() a:await() end) a:await()", 1),
            (
                "local a, b a = task.spawn(function() task.all{b} end) b = task.spawn(function() task.all{a} end) a:await()",
                2
            ),
            (
                "local a, b a = task.spawn(function() task.race{b} end) b = task.spawn(function() task.race{a} end) a:await()",
                2
            ),
            (
                "local a, b a = task.spawn(function() task.each({1}, function() b:await() end) end) "
                    + "b = task.spawn(function() task.sleep(0) a:await() end) a:await()", 3
            ),
            (
                "local a, b a = task.spawn(function() task.scope(function() task.sleep(0) b:await() end) end) "
                    + "b = task.spawn(function() a:await() end) a:await()", 3
            ),
            (
                "local a, b a = task.spawn(function() table.sort({2, 1}, function(x, y) b:await() return x < y end) end) "
                    + "b = task.spawn(function() task.sleep(0) a:await() end) a:await()", 2
            ),
        ] as [(String, Int)])
    func tasksThatWaitForOneAnotherAreTold(source: String, length: Int) async throws {
        let printed = try await run(
            "local ok, e = pcall(function() \(source) end) print(ok, type(e) == 'table' and e.kind, e and e.message) os.exit(0)"
        )
        #expect(printed.hasPrefix("false\tinvalid\ttask.await: would wait for itself"), "\(printed)")
        if length > 1 { #expect(printed.contains("a cycle of \(length) tasks"), "\(printed)") }
    }

    /// Waits that end although they look like a cycle.
    @Test(
        arguments: [
            (
                "local a, b a = task.spawn(function() return task.race{b, function() return 'first' end} end) "
                    + "b = task.spawn(function() pcall(a.await, a) return 'second' end) print(a:await())", "first\n"
            ),
            (
                "local a, b a = task.spawn(function() return pcall(task.timeout, .01, function() b:await() end) end) "
                    + "b = task.spawn(function() a:await() end) print((a:await()))", "false\n"
            ),
            (
                "local a = task.spawn(function() task.sleep(0) return 1 end) local b = task.spawn(function() return a:await() end) "
                    + "print(a:await(), b:await())", "1\t1\n"
            ),
        ] as [(String, String)])
    func waitsThatEndAreNoCycles(source: String, printed: String) async throws {
        #expect(try await run(source) == printed)
    }

    @Test func furtherErrorsThatNobodyAskedForAreLogged() async throws {
        let log = LogLines()
        let source = """
            local task = require 'c8.task'
            local function fail(text) error(text) end
            task.spawn(fail, 'first') task.spawn(fail, 'second') task.spawn(fail, 'third')
            task.sleep(0)
            """
        let error = await #expect(throws: ScriptError.self) {
            let configuration = ScriptHost.Configuration(standardOutput: { _ in }, logger: log.logger)
            _ = try await ScriptHost(configuration: configuration).run(
                Script(source: Array(source.utf8), name: "test.lua"))
        }
        #expect(error?.message.contains("first (and 2 more errors of tasks, in the log)") == true)
        let lines = log.lines
        try #require(lines.count == 2)
        #expect(lines[0].contains("second") && lines[0].contains("test.lua:2"))
        #expect(lines[1].contains("third"))
    }

    @Test(arguments: [
        "task.spawn(function() os.exit(0) end) task.sleep(60)",
        "local t = task.spawn(function() os.exit(0) end) task.spawn(function() pcall(t.await, t) end) t:await()",
        "task.all({function() os.exit(0) end, function() task.sleep(60) end})",
    ])
    func tasksThatEndWithTheScriptHaveNotFailed(source: String) async throws {
        let log = LogLines()
        let configuration = ScriptHost.Configuration(standardOutput: { _ in }, logger: log.logger)
        _ = try await ScriptHost(configuration: configuration).run(
            Script("local task = require 'c8.task' " + source))
        #expect(log.lines.isEmpty)
    }

    @Test(arguments: [
        "task.spawn(function() error('left alone') end)",
        "task.spawn(function() task.sleep(.01) error('left alone') end) task.spawn(task.sleep, 60)",
    ])
    func anErrorThatNobodyAskedForEndsTheScript(source: String) async throws {
        let error = try await failure(of: source)
        #expect(error.kind == .runtime)
        #expect(error.message.hasSuffix("left alone"))
    }

    @Test func caughtErrorsOfAGroupAreNotToldTwice() async throws {
        let source = """
            local function fail() error("boom") end
            print(pcall(task.all, {fail, fail, fail}))
            print(pcall(task.each, {1, 2, 3}, {concurrency = 3}, fail))
            """
        #expect(try await run(source).hasSuffix("boom\n"))
    }

    @Test func tracebacksNameBothSides() async throws {
        let error = try await failure(
            of: """

                local function inner() error("boom") end
                local t = task.spawn(function() inner() end)
                local function outer() t:await() end
                outer()
                """)
        let lines = error.traceback.joined(separator: "\n")
        #expect(lines.contains("test.lua:2"))
        #expect(lines.contains("test.lua:3"))
        #expect(lines.contains("test.lua:4"))
        #expect(!lines.contains("c8/"))
    }

    @Test(arguments: [1, 3, 8])
    func eachRunsABoundedNumberAtATime(concurrency: Int) async throws {
        let source = """
            local i, now, peak, sum = 0, 0, 0, 0
            local function next_item() i = i + 1 if i <= 25 then return i end end
            local calls = task.each(next_item, {concurrency = \(concurrency)}, function(v)
              now = now + 1 peak = math.max(peak, now)
              task.sleep(.001)
              now = now - 1 sum = sum + v
            end)
            print(calls, sum, peak, now)
            """
        #expect(try await run(source) == "25\t325\t\(concurrency)\t0\n")
    }

    @Test(
        arguments: [
            (
                "task.each(coroutine.wrap(function() for i = 1, 3 do task.sleep(0) coroutine.yield(i, i * i) end end), "
                    + "function(a, b) print(a, b) end)", "1\t1\n2\t4\n3\t9\n"
            ),
            ("task.each({'x', 'y'}, {concurrency = 1}, function(v, k) print(k, v) end)", "1\tx\n2\ty\n"),
        ] as [(String, String)])
    func eachTakesWhatGivesItems(source: String, printed: String) async throws {
        #expect(try await run(source) == printed)
    }

    @Test(
        arguments: [
            ("task.spawn(1)", "bad argument #1 to 'spawn' (function expected, got number)"),
            ("task.all(1)", "bad argument #1 to 'all' (table expected, got number)"),
            ("task.all{1}", "bad argument #1 to 'all' (item 1 is neither a task nor a function)"),
            ("task.race{}", "bad argument #1 to 'race' (at least one task expected)"),
            ("task.each(1, print)", "bad argument #1 to 'each' (function expected, got number)"),
            (
                "task.each(print, {concurrency = 0}, print)",
                "bad argument #2 to 'each' (concurrency must be a whole number from 1)"
            ),
            ("task.sleep(-1)", "bad argument #1 to 'sleep' (a number of seconds from 0 to 1e9 expected)"),
            ("task.timeout('x', print)", "bad argument #1 to 'timeout' (number expected, got string)"),
            ("task.spawn(print).await({})", "bad argument #1 to 'await' (task expected, got table)"),
        ] as [(String, String)])
    func mistakesAreNamed(source: String, message: String) async throws {
        let error = try await failure(of: source)
        #expect(error.message.hasSuffix(message))
    }

    @Test func tenThousandTasksAtOnceAreFine() async throws {
        let source = """
            local tasks = {}
            for i = 1, 10000 do tasks[i] = task.spawn(function() task.sleep(.05) return i end) end
            local sum = 0
            for _, value in ipairs(task.all(tasks)) do sum = sum + value end
            print(sum)
            """
        #expect(try await run(source) == "50005000\n")
    }
}
