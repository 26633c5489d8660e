import C8RunTesting
import Testing

/// What is counted, and how it is told.
struct CoverageTests {
    private static let module = """
        local M = {}

        function M.sign(n)
          if n < 0 then
            return -1
          end
          return 1
        end

        function M.never()
          return "never"
        end

        return M
        """

    @Test func linesOfModulesAndScriptsAreCountedInAllTasks() async throws {
        let trial = try await Trial.run(
            """
            local sign = require("lib").sign
            it("a", function()
              require("c8.task").all{function() sign(1) end, function() coroutine.wrap(sign)(2) end}
              test.run("script.lua")
            end)
            """, files: ["lib.lua": Self.module, "script.lua": "local lib = require 'lib'\nlib.sign(-1)\n"]
        ) { $0.countsLines = true }
        #expect(trial.result.hasPassed, "\(trial.lines)")
        let summaries = trial.result.coverage.summaries
        #expect(summaries.map { $0.path.split(separator: "/").last } == ["lib.lua", "script.lua"])
        #expect(summaries.map(\.missed) == [[11], []])
        let lib = try #require(trial.result.coverage.files.first { $0.key.hasSuffix("lib.lua") }?.value)
        #expect(lib[4] == 3 && lib[5] == 1 && lib[7] == 2 && lib[11] == 0)
        #expect(lib[1] == 2 && lib[2] == nil && lib[6] == nil && lib[8] != nil && lib[9] == nil)
    }

    @Test func nothingIsCountedUnlessAsked() async throws {
        let trial = try await Trial.run("require 'lib'; it('a', function() end)", files: ["lib.lua": Self.module])
        #expect(trial.result.coverage.files.isEmpty)
    }

    @Test func reportsSayTheSame() async throws {
        let trial = try await Trial.run(
            "local lib = require 'lib'; it('a', function() lib.sign(1) end)", files: ["lib.lua": Self.module]
        ) { $0.countsLines = true }
        let lcov = trial.result.coverage.lcov.split(separator: "\n").map(String.init)
        #expect(lcov.first == "TN:" && lcov.last == "end_of_record")
        #expect(lcov[1].hasPrefix("SF:") && lcov[1].hasSuffix("/lib.lua"))
        #expect(lcov.contains("DA:5,0") && lcov.contains("DA:7,1") && lcov.contains("DA:11,0"))
        let data = lcov.filter { $0.hasPrefix("DA:") }
        #expect(lcov.contains("LF:\(data.count)"))
        #expect(lcov.contains("LH:\(data.count { !$0.hasSuffix(",0") })"))
        #expect(trial.result.coverage.table.contains("not: 5, 11"))
    }
}
