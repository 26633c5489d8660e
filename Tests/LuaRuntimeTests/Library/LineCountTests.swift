import LuaRuntime
import Testing

/// Which lines have something to run, and how often they do.
struct LineCountTests {
    private static func counts(_ source: String) async throws -> [Int: Int] {
        let script = try LuaScript(countsLines: true)
        let chunk = try await script.load(Array(source.utf8), chunkName: "@a.lua")
        _ = try? await script.call(chunk)
        let chunks = await script.lineCounts
        #expect(chunks.map(\.chunk) == ["a.lua"])
        return chunks.first?.counts ?? [:]
    }

    static let programs: [(source: String, counts: [Int: Int])] = [
        ("local a = 1\n\n-- nothing\nlocal b = 2\nprint(a,\n  b)", [1: 1, 4: 1, 5: 2, 6: 1]),
        ("for i = 1, 3 do\n  local x = i\nend", [1: 4, 2: 3]),
        ("local function f()\n  return 1\nend\nf()\nf()", [2: 2, 3: 1, 4: 1, 5: 1]),
        ("local function never()\n  local x\n  return x\nend", [2: 0, 3: 0, 4: 1]),
        (
            "local t = {\n  f = function()\n    return function()\n      return 1\n    end\n  end,\n}\nt.f()",
            [1: 1, 4: 0, 5: 1, 6: 1, 8: 1]
        ),
        ("if false then\n  print(1)\nelse\n  print(2)\nend", [1: 1, 2: 0, 4: 1]),
        ("local function f(...)\n  return ...\nend\nf(1)", [2: 1, 3: 1, 4: 1]),
        ("error('x')\nprint(1)", [1: 1, 2: 0]),
        (
            "local co = coroutine.wrap(function()\n  coroutine.yield()\n  print(1)\nend)\nco()\nco()",
            [1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1]
        ),
    ]

    @Test(arguments: programs.indices) func eachLineHasItsCount(_ index: Int) async throws {
        let (source, expected) = Self.programs[index]
        let counts = try await Self.counts(source)
        #expect(Set(counts.keys) == Set(expected.keys), "\(source)")
        for (line, count) in expected where count == 0 || counts[line] == 0 {
            #expect(counts[line] == count, "line \(line) of \(source)")
        }
    }

    /// Beyond 128 instructions, and for differences of more than 127 lines, Lua keeps line numbers in another form.
    @Test func linesOfLongFunctionsAreRight() async throws {
        let gap = String(repeating: "\n", count: 500)
        let body = (0..<400).map { "  x = x + \($0)" }.joined(separator: "\n")
        let counts = try await Self.counts("local x = 0\(gap)do\n\(body)\nend\(gap)print(x)")
        #expect(counts.count == 402)
        #expect(counts[1] == 1 && counts[502 - 1 + 1] == 1 && counts[901] == 1 && counts[902 + 500] == 1)
        #expect(counts.values.allSatisfy { $0 == 1 })
    }

    @Test func aStopIsHeardWhileLinesAreCounted() async throws {
        let script = try LuaScript(countsLines: true)
        let chunk = try await script.load(Array("while true do\nend".utf8), chunkName: "@a.lua")
        let stop = script.stop
        Task {
            try await Task.sleep(for: .milliseconds(20))
            stop.request(.timeout)
        }
        let error = await #expect(throws: LuaError.self) { try await script.call(chunk) }
        #expect(error?.kind == .stopped(.timeout))
    }

    @Test func instructionsAreCountedBesideLines() async throws {
        let script = try LuaScript(limits: LuaLimits(instructions: 100_000), countsLines: true)
        let chunk = try await script.load(Array("while true do\nend".utf8), chunkName: "@a.lua")
        let error = await #expect(throws: LuaError.self) { try await script.call(chunk) }
        #expect(error?.kind == .stopped(.instructions))
    }

    @Test func otherChunksAreNotCounted() async throws {
        let script = try LuaScript(countsLines: true)
        for name in ["=[c8/x.lua]", "=stdin", "text"] {
            _ = try await script.call(try await script.load(Array("local a = 1".utf8), chunkName: name))
        }
        #expect(await script.lineCounts.isEmpty)
    }
}
