import C8Run
import Logging
import Synchronization
import Testing

@Suite struct RunTests {
    private let host = ScriptHost(
        configuration: ScriptHost.Configuration(standardOutput: { _ in }, logger: Logger(label: "test")))

    private struct Point: LuaCodable, Equatable {
        var x: Int
        var y: Double?
    }

    @Test func resultHasWhatTheScriptReturned() async throws {
        let result = try await host.run("return {x = 1, y = 2.5}, ..., #arg", arguments: ["a", "b"])
        #expect(result.values.count == 3)
        let (point, first, count) = try result.values(as: (Point, String, Int).self)
        #expect(point == Point(x: 1, y: 2.5))
        #expect(first == "a")
        #expect(count == 2)
        #expect(try result.values(as: Point.self) == point)
        #expect(result.memoryPeak > 0)
        #expect(result.duration > .zero)
        let error = #expect(throws: LuaConversionError.self) { try result.values(as: (Point, Int).self) }
        #expect(error?.description == "result #2: number expected, got string")
    }

    @Test func errorOfDecodingNamesTheField() async throws {
        let result = try await host.run("return {x = 'one'}")
        let error = #expect(throws: LuaConversionError.self) { try result.values(as: Point.self) }
        #expect(error?.description == "result #1, point.x: number expected, got string")
    }

    @Test func exitHasItsStatusAndNoValues() async throws {
        let result = try await host.run("os.exit(3)")
        #expect(result.exitStatus == 3)
        #expect(result.values.isEmpty)
    }

    @Test func outputIsCaptured() async throws {
        let result = try await host.run(
            "print 'a' io.write('b', '\\0') io.stderr:write 'oops'", output: .capture, errors: .capture)
        #expect(result.standardOutput == "a\nb\0")
        #expect(result.standardError == "oops")
    }

    @Test func outputComesLineByLine() async throws {
        let lines = Mutex<[String]>([])
        let output = ScriptOutput.lines { line in lines.withLock { $0.append(line) } }
        try await host.run("print('a\\n\\nb') io.write 'c' require 'c8.task'.sleep(0) io.write 'd'", output: output)
        #expect(lines.withLock { $0 } == ["a", "", "b", "cd"])
    }

    @Test func streamOfLinesEndsWithTheScript() async throws {
        for source in ["for i = 1, 3 do print(i) end", "print(1) print(2) print(3) error 'no'"] {
            let (lines, continuation) = AsyncStream.makeStream(of: String.self)
            let task = Task { try? await host.run(Script(source), output: .lines(to: continuation)) }
            var seen: [String] = []
            for await line in lines { seen.append(line) }
            #expect(seen == ["1", "2", "3"])
            _ = await task.value
        }
    }

    @Test func errorOfTheOutputEndsTheScriptAndIsThrown() async throws {
        struct Full: Error {}
        for output in [ScriptOutput.bytes { _ in throw Full() }, .lines { _ in throw Full() }] {
            await #expect(throws: Full.self) { try await host.run("while true do print 'x' end", output: output) }
        }
        // The last line comes after the script's end.
        await #expect(throws: Full.self) { try await host.run("io.write 'x'", output: .lines { _ in throw Full() }) }
    }

    @Test func settingsOfOneRunAreNotThoseOfTheNext() async throws {
        let hasty = host.with { $0.limits.timeout = .milliseconds(20) }
        let error = await #expect(throws: ScriptError.self) { try await hasty.run("while true do end") }
        #expect(error?.kind == .timeLimit)
        #expect(host.configuration.limits.timeout == nil)
    }

    @Test func cancellingTheTaskUnwindsTheScript() async throws {
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        let task = Task {
            try await host.run(
                "local _ <close> = setmetatable({}, {__close = function() print 'closed' end}) print 'begun' while true do end",
                output: .lines(to: continuation))
        }
        var iterator = lines.makeAsyncIterator()
        #expect(await iterator.next() == "begun")
        task.cancel()
        #expect(await iterator.next() == "closed")
        let error = await #expect(throws: ScriptError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
    }

    /// Editors on other systems begin files so, and Lua passes over it in files.
    @Test(arguments: ["return 7", "#!/usr/bin/env c8run\nreturn 7"])
    func byteOrderMarkIsPassedOver(text: String) async throws {
        let script = Script(source: [0xEF, 0xBB, 0xBF] + Array(text.utf8), name: "bom.lua")
        #expect(try await ScriptHost().run(script).values.first?.integer == 7)
    }
}
