import Testing

@testable import C8RunCLI

@Suite struct ErrorPrinterTests {
    private func text(_ report: ErrorReport, color: Bool = false, width: Int? = nil) -> String {
        ErrorPrinter(stream: .standardError, usesColor: color, width: width).text(of: report)
    }

    /// A refused order, with all that can be told of it.
    private var whole: ErrorReport {
        var report = ErrorReport("flow.lua:3: 订单已完成")
        report.excerpt = SourceExcerpt(
            place: ScriptPlace(file: "flow.lua", line: 3), line: "  local 订单 = c8.orders.complete { no = 1 }",
            subject: "orders.complete")
        report.add("kind", .error, "api", isShown: false)
        report.add("code", .code, "99000013")
        report.add("trace_id", .traceID, "abc")
        report.add("outcome", .outcome, nil)
        report.traceback = ["flow.lua:3: in local 'f'", "flow.lua:9: in main chunk"]
        report.hint = "ask the one who completed it"
        return report
    }

    @Test func reportIsFramed() {
        #expect(
            text(whole) == """
                c8run: error: flow.lua:3: 订单已完成
                  3 |   local 订单 = c8.orders.complete { no = 1 }
                    |                   ^^^^^^^^^^^^^^^
                  code      99000013
                  trace id  abc
                traceback:
                  flow.lua:3: in local 'f'
                  flow.lua:9: in main chunk
                hint: ask the one who completed it

                """)
    }

    @Test func labelsAreChineseWhereTheLanguageIs() {
        let text = Language.$current.withValue(.chinese) {
            var report = ErrorReport("broken")
            report.add("code", .code, "1")
            report.add("trace_id", .traceID, "abc")
            report.hint = "x"
            return self.text(report)
        }
        #expect(text == "c8run: 错误：broken\n  错误码   1\n  traceId  abc\n提示：x\n")
    }

    @Test func narrowTerminalsBreakTextAndCutTheLine() {
        #expect(
            text(whole, width: 34) == """
                c8run: error: flow.lua:3: 订单已完
                  成
                  3 |   local 订单 = c8.orders.co…
                  code      99000013
                  trace id  abc
                traceback:
                  flow.lua:3: in local 'f'
                  flow.lua:9: in main chunk
                hint: ask the one who completed it

                """)
    }

    @Test func hostileTextCannotSteerTheTerminalOrForgeLines() {
        var report = ErrorReport("a\u{1b}]0;title\u{7}\nc8run: error: forged")
        report.add("platform_message", .said, "x\ny\u{9b}2J")
        report.traceback = ["\u{1b}[2J"]
        #expect(
            text(report)
                == "c8run: error: a\\x1b]0;title\\x07\n  c8run: error: forged\n  message  x\\ny\\u{9b}2J\n"
                + "traceback:\n  \\x1b[2J\n")
    }

    @Test func colourIsOnWordsOfItsOwnAlone() {
        #expect(text(ErrorReport("x"), color: true) == "c8run: \u{1b}[1;31merror:\u{1b}[0m x\n")
        var report = whole
        (report.facts, report.traceback) = ([], [])
        #expect(
            text(report, color: true) == """
                c8run: \u{1b}[1;31merror:\u{1b}[0m flow.lua:3: 订单已完成
                \u{1b}[1;34m  3 | \u{1b}[0m  local 订单 = c8.orders.complete { no = 1 }
                \u{1b}[1;34m    | \u{1b}[0m                  \u{1b}[1;31m^^^^^^^^^^^^^^^\u{1b}[0m
                \u{1b}[1;36mhint: \u{1b}[0mask the one who completed it

                """)
    }

    @Test func oneLineOfJSONHoldsEverything() throws {
        let printer = ErrorPrinter(stream: .standardError, usesColor: true, format: .json, width: 20)
        let line = printer.text(of: whole)
        #expect(line.hasPrefix("{\"time\":\""))
        let rest = line.split(separator: "\"level\"", maxSplits: 1)[1]
        let expected =
            #":"error","message":"flow.lua:3: 订单已完成","fields":{"code":"99000013","file":"flow.lua","#
            + #""hint":"ask the one who completed it","kind":"api","line":"3","#
            + #""source":"  local 订单 = c8.orders.complete { no = 1 }","trace_id":"abc","#
            + #""traceback":["flow.lua:3: in local 'f'","flow.lua:9: in main chunk"]}}"# + "\n"
        #expect(rest == expected)
        #expect(printer.text(ofWarning: "w").hasSuffix(#","level":"warning","message":"w"}"# + "\n"))
    }

    @Test func whatTheMessageHasToldIsNotToldAgain() {
        var report = ErrorReport("a.lua:1: stopped; raise it with --max-memory SIZE")
        report.traceback = ["a.lua:1: in main chunk"]
        report.hint = "raise it with --max-memory SIZE"
        #expect(text(report) == "c8run: error: a.lua:1: stopped; raise it with --max-memory SIZE\n")
    }

    @Test(
        arguments: [
            (.auto, true, [:], true), (.auto, false, [:], false), (.auto, true, ["NO_COLOR": "1"], false),
            (.auto, true, ["TERM": "dumb"], false), (.always, false, ["NO_COLOR": "1"], true),
            (.never, true, [:], false),
        ] as [(ColorChoice, Bool, [String: String], Bool)])
    func colourFollowsTheChoiceThenTheSurroundings(
        _ choice: ColorChoice, _ onTerminal: Bool, _ variables: [String: String], _ expected: Bool
    ) {
        #expect(choice.isEnabled(onTerminal: onTerminal, environment: { variables[$0] }) == expected)
    }
}
