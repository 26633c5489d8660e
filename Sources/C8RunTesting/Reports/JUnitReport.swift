/// XML as CI servers read it. There is no standard; the elements here are those that Jenkins, GitLab and GitHub's actions know.
enum JUnitReport {
    static func write(_ result: TestRunResult) -> String {
        let failed = result.failures
        let skipped = result.count { $0 == .skipped || $0 == .todo }
        let problems = result.files.reduce(0) { $0 + $1.problems.count }
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        let total = result.tests.count + problems
        text += "<testsuites name=\"c8run test\" tests=\"\(total)\" failures=\"\(failed)\" errors=\"0\" "
        text += "skipped=\"\(skipped)\" time=\"\(result.duration.decimal)\">\n"
        for file in result.files { text += suite(file) }
        return text + "</testsuites>\n"
    }

    private static func suite(_ file: TestFileResult) -> String {
        let failed = file.tests.count { $0.failure != nil } + file.problems.count
        let skipped = file.tests.count { $0.outcome == .skipped || $0.outcome == .todo }
        let total = file.tests.count + file.problems.count
        var text = "  <testsuite name=\(attribute(file.path)) tests=\"\(total)\" failures=\"\(failed)\" errors=\"0\" "
        text += "skipped=\"\(skipped)\" time=\"\(file.duration.decimal)\">\n"
        for test in file.tests { text += testCase(test, in: file) }
        for problem in file.problems {
            text += "    <testcase name=\"outside of the tests\" classname=\(attribute(file.path)) time=\"0.000\">\n"
            text += failure(problem) + "    </testcase>\n"
        }
        return text + "  </testsuite>\n"
    }

    private static func testCase(_ test: TestResult, in file: TestFileResult) -> String {
        let groups = [file.path] + test.path.dropLast()
        var text = "    <testcase name=\(attribute(test.path.last ?? ""))"
        text += " classname=\(attribute(groups.joined(separator: " › "))) file=\(attribute(file.path))"
        if let line = test.line { text += " line=\"\(line)\"" }
        text += " time=\"\(test.duration.decimal)\""
        var inner = ""
        switch test.outcome {
        case .passed: break
        case .skipped: inner += "      <skipped/>\n"
        case .todo: inner += "      <skipped message=\"to be written\"/>\n"
        case .failed(let problem): inner += failure(problem)
        }
        if !test.output.isEmpty { inner += "      <system-out>\(XMLText.escaped(test.output))</system-out>\n" }
        return text + (inner.isEmpty ? "/>\n" : ">\n\(inner)    </testcase>\n")
    }

    private static func failure(_ failure: TestFailure) -> String {
        let first = failure.message.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        var details = failure.message
        if let place = failure.place { details += "\nat \(place)" }
        if let source = failure.sourceLine { details += "\n  \(source)" }
        for fact in failure.facts { details += "\n\(fact.name): \(fact.value)" }
        if !failure.traceback.isEmpty { details += "\ntraceback:\n  " + failure.traceback.joined(separator: "\n  ") }
        return "      <failure message=\(attribute(first)) type=\(attribute(failure.kind ?? "error"))>"
            + "\(XMLText.escaped(details))</failure>\n"
    }

    private static func attribute(_ text: String) -> String { "\"\(XMLText.escaped(text, inAttribute: true))\"" }
}
