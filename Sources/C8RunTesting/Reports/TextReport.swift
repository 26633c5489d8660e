/// The report for people: a block for each file, and a line of numbers at the end.
package struct TextReport: Sendable {
    private let usesColor: Bool
    /// Makes text that scripts wrote safe to show.
    private let safe: @Sendable (String) -> String

    /// - Parameter safe: applied to everything that tests and scripts wrote; keeps line breaks.
    package init(usesColor: Bool, safe: @escaping @Sendable (String) -> String = { $0 }) {
        self.usesColor = usesColor
        self.safe = safe
    }

    /// One file.
    package func file(_ result: TestFileResult) -> String {
        let failed = result.tests.count { $0.failure != nil } + result.problems.count
        let count = Self.tests(result.tests.count)
        let numbers = failed == 0 ? count : "\(failed) failed of \(count)"
        var text = "\(mark(failed == 0)) \(bold(safe(result.path))) \(dim("(\(numbers), \(result.duration.text))"))\n"
        for test in result.tests { text += line(test) }
        for problem in result.problems {
            text += "  \(red("✗")) outside of the tests\n" + details(problem, output: "")
        }
        return text
    }

    private func line(_ test: TestResult) -> String {
        let name = safe(test.name)
        switch test.outcome {
        case .passed: return "  \(green("✓")) \(name) \(dim("(\(test.duration.text))"))\n"
        case .failed(let failure):
            return "  \(red("✗")) \(name) \(dim("(\(test.duration.text))"))\n" + details(failure, output: test.output)
        case .skipped: return "  \(yellow("-")) \(name) \(dim("(skipped)"))\n"
        case .todo: return "  \(yellow("-")) \(name) \(dim("(to be written)"))\n"
        }
    }

    private func details(_ failure: TestFailure, output: String) -> String {
        var lines = safe(failure.message).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if let place = failure.place {
            lines.append(dim("at \(safe(place))"))
            if let source = failure.sourceLine {
                let number = place.split(separator: ":").last.map(String.init) ?? ""
                lines.append("  \(dim("\(number) |")) \(safe(source))")
                lines.append("  \(String(repeating: " ", count: number.count)) \(dim("|")) \(red("^"))")
            }
        }
        for fact in failure.facts { lines.append("\(fact.name)  \(safe(fact.value))") }
        // A single line of traceback is the place itself.
        if failure.traceback.count > 1 {
            lines.append(dim("traceback:"))
            lines += failure.traceback.map { "  " + dim(safe($0)) }
        }
        if !output.isEmpty {
            lines.append(dim("output:"))
            lines += safe(output).split(separator: "\n").map { "  \($0)" }
        }
        return lines.map { $0.isEmpty ? "\n" : "      \($0)\n" }.joined()
    }

    /// The numbers of the whole run.
    package func summary(_ result: TestRunResult) -> String {
        let failed = result.failures
        let skipped = result.count { $0 == .skipped }
        let todo = result.count { $0 == .todo }
        var parts = ["\(result.count { $0 == .passed }) passed"]
        if failed > 0 { parts.append(red("\(failed) failed")) }
        if skipped > 0 { parts.append("\(skipped) skipped") }
        if todo > 0 { parts.append("\(todo) to be written") }
        let files = result.files.count == 1 ? "1 file" : "\(result.files.count) files"
        var text =
            "\(Self.tests(result.tests.count)) in \(files): \(parts.joined(separator: ", ")), in \(result.duration.text)\n"
        if result.filesLeft > 0 { text += "\(result.filesLeft) files were not begun\n" }
        return text
    }

    private static func tests(_ count: Int) -> String { count == 1 ? "1 test" : "\(count) tests" }

    private func mark(_ isGood: Bool) -> String { isGood ? green("✓") : red("✗") }
    private func green(_ text: String) -> String { styled(text, "32") }
    private func red(_ text: String) -> String { styled(text, "31") }
    private func yellow(_ text: String) -> String { styled(text, "33") }
    private func bold(_ text: String) -> String { styled(text, "1") }
    private func dim(_ text: String) -> String { styled(text, "2") }

    private func styled(_ text: String, _ code: String) -> String {
        usesColor ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }
}
