/// The Test Anything Protocol, version 14 (testanything.org/tap-version-14-specification.html).
enum TAPReport {
    static func write(_ result: TestRunResult) -> String {
        var lines: [String] = []
        var number = 0
        func point(_ isGood: Bool, _ name: String, _ directive: String = "") {
            number += 1
            lines.append("\(isGood ? "ok" : "not ok") \(number) - \(description(name))\(directive)")
        }
        for file in result.files {
            for test in file.tests {
                let name = "\(file.path) › \(test.name)"
                switch test.outcome {
                case .passed: point(true, name)
                case .skipped: point(true, name, " # skip")
                case .todo: point(false, name, " # todo to be written")
                case .failed(let failure):
                    point(false, name)
                    lines += diagnostics(failure, duration: test.duration)
                }
            }
            for problem in file.problems {
                point(false, "\(file.path) › outside of the tests")
                lines += diagnostics(problem, duration: nil)
            }
        }
        if result.filesLeft > 0 { lines.append("# \(result.filesLeft) files were not begun") }
        return (["TAP version 14", "1..\(number)"] + lines).joined(separator: "\n") + "\n"
    }

    /// On one line, and without what begins a directive.
    private static func description(_ name: String) -> String {
        VisibleText.escaped(name.replacing("\r\n", with: "\n")).map { character in
            switch character {
            case "\\": "\\\\"
            case "#": "\\#"
            case _ where character.isNewline || character == "\t": " "
            default: String(character)
            }
        }.joined()
    }

    private static func diagnostics(_ failure: TestFailure, duration: Duration?) -> [String] {
        var lines = ["  ---", "  message: |"]
        lines += VisibleText.escaped(failure.message.replacing("\r\n", with: "\n")).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        ).map {
            "    \($0)"
        }
        lines.append("  severity: fail")
        if let kind = failure.kind { lines.append("  kind: \(quoted(kind))") }
        if let place = failure.place { lines.append("  at: \(quoted(place))") }
        if let duration { lines.append("  seconds: \(duration.decimal)") }
        lines += failure.facts.map { "  \($0.name.replacing(" ", with: "_")): \(quoted($0.value))" }
        return lines + ["  ..."]
    }

    private static func quoted(_ text: String) -> String {
        let plain = VisibleText.escaped(text).map { $0.isNewline ? " " : String($0) }.joined()
        return "\"\(plain.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}
