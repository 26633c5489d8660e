import Testing

@testable import C8RunCLI

@Suite struct ErrorPrinterTests {
    private func text(_ report: ErrorReport, color: Bool = false) -> String {
        ErrorPrinter(stream: .standardError, usesColor: color).text(of: report)
    }

    @Test func reportShowsFactsAndTraceback() {
        var report = ErrorReport("flow.lua:3: 订单已完成")
        report.add("code", "99000013")
        report.add("trace id", "abc")
        report.add("outcome", nil)
        report.traceback = "stack traceback:\n\tflow.lua:3: in main chunk\n"
        #expect(
            text(report) == """
                c8run: error: flow.lua:3: 订单已完成
                  code      99000013
                  trace id  abc
                stack traceback:
                \tflow.lua:3: in main chunk

                """)
    }

    @Test func hostileTextCannotSteerTheTerminalOrForgeLines() {
        var report = ErrorReport("a\u{1b}]0;title\u{7}\nc8run: error: forged")
        report.add("message", "x\ny\u{9b}2J")
        report.traceback = "\u{1b}[2J"
        #expect(
            text(report)
                == "c8run: error: a\\x1b]0;title\\x07\n  c8run: error: forged\n  message  x\\ny\\u{9b}2J\n\\x1b[2J\n")
    }

    @Test func colourIsOnThePrefixAlone() {
        #expect(text(ErrorReport("x"), color: true) == "c8run: \u{1b}[1;31merror:\u{1b}[0m x\n")
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
