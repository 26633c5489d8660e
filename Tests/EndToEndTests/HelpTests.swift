import Foundation
import Testing

@Suite struct HelpTests {
    @Test(
        arguments: [
            (["--help"], 0), (["help"], 0), (["help", "api", "call"], 0), (["api", "call", "--help"], 0),
            (["run", "--help"], 0), (["--emulator", "-h"], 0), (["help", "nothing"], 64), ([], 64), (["api"], 64),
        ] as [([String], Int32)])
    func helpGoesWhereItIsExpected(_ arguments: [String], _ status: Int32) async throws {
        let run = try await CommandRun.c8run(arguments)
        #expect(run.status == status)
        #expect(run.output.isEmpty == (status != 0), "\(run.output)")
        #expect(run.errors.isEmpty == (status == 0), "\(run.errors)")
    }

    @Test func languageComesFromTheOptionThenTheLocale() async throws {
        let chinese = ["LANG": "zh_CN.UTF-8"]
        #expect(try await CommandRun.c8run("help", "token", environment: chinese).output.contains("用法：c8run token"))
        #expect(
            try await CommandRun.c8run("--lang", "en", "help", "token", environment: chinese).output.contains("Usage: ")
        )
        #expect(try await CommandRun.c8run("token", "status", "--lang", "zh", "--help").output.contains("选项："))
        let denied = try await CommandRun.c8run("-e", "os.getenv('HOME')", environment: chinese)
        #expect(denied.status == 77)
        #expect(
            denied.errors.contains("错误：(command line):1: ") && denied.errors.contains("\n提示："), "\(denied.errors)")
    }

    @Test func mistakesNameTheHelpThatWouldHaveHelped() async throws {
        let call = try await CommandRun.c8run("api", "call")
        #expect(call.status == 64)
        #expect(
            call.errors
                == "c8run: error: Missing expected argument '<id>'\nhint: c8run help api call lists what can be said\n")
        let option = try await CommandRun.c8run("--tiemout", "5", "a.lua")
        #expect(
            option.errors
                == "c8run: error: unknown option --tiemout (did you mean --timeout?)\nhint: c8run --help lists what can be said\n"
        )
    }

    @Test func errorsOfAScriptAreFramed() async throws {
        let folder = try Folder()
        _ = try folder.file(
            "lib/sums.lua", "local M = {}\n\nfunction M.of(order)\n\treturn order.lines[1].count\nend\nreturn M\n")
        let script = try folder.file("main.lua", "local sums = require 'lib.sums'\nprint(sums.of {})\n")
        let run = try await CommandRun.c8run("main.lua", folder: folder)
        #expect(run.status == 1)
        #expect(
            run.errors == """
                c8run: error: lib/sums.lua:4: attempt to index a nil value (field 'lines')
                  4 |     return order.lines[1].count
                    |                  ^^^^^
                traceback:
                  lib/sums.lua:4: in field 'of'
                  main.lua:2: in main chunk

                """)
        let absolute = try await CommandRun.c8run(script)
        #expect(absolute.errors.contains("4 |     return order.lines[1].count\n"), "\(absolute.errors)")
    }

    @Test func refusalsOfThePlatformAreFramed() async throws {
        let folder = try Folder()
        _ = try folder.file("a.lua", "c8.logistics.orders.complete { orderNo = 'LO-404' }\n")
        let run = try await CommandRun.c8run("--emulator", "a.lua", folder: folder)
        #expect(run.status == 1)
        let trace = try #require(run.errors.firstMatch(of: /trace id  ([0-9a-f-]+)/)).output.1
        #expect(
            run.errors == """
                c8run: error: a.lua:1: logistics.orders.complete: 物流订单不存在:LO-404
                  1 | c8.logistics.orders.complete { orderNo = 'LO-404' }
                    |    ^^^^^^^^^^^^^^^^^^^^^^^^^
                  code      99002001
                  trace id  \(trace)
                  outcome   rejected: the platform said no, and did nothing
                hint: the code is one of this operation's own: c8run api show logistics.orders.complete lists those that are known

                """)
    }

    @Test func errorsAreLinesOfTheLogWhereItIsJSON() async throws {
        let run = try await CommandRun.c8run("--log-format", "json", "-e", "local t\nt.x = 1")
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 1)
        let object = try JSONSerialization.jsonObject(with: Data(run.errors.utf8)) as? [String: Any]
        let fields = try #require(object?["fields"] as? [String: Any])
        #expect(object?["level"] as? String == "error")
        #expect(fields["kind"] as? String == "runtime" && fields["exit"] as? String == "1")
        #expect(fields["line"] as? String == "2" && fields["source"] as? String == "t.x = 1")
    }
}
