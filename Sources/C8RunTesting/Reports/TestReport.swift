/// A report of a run in a form that other programs, or people, read.
public enum TestReport: String, Sendable, CaseIterable {
    /// For people.
    case text
    /// The Test Anything Protocol, version 14.
    case tap
    /// XML as JUnit's Ant task writes it and CI servers read it.
    case junit

    /// The whole report.
    ///
    /// - Parameter usesColor: for `text`: with the escapes of terminals.
    public func write(_ result: TestRunResult, usesColor: Bool = false) -> String {
        switch self {
        case .text:
            let report = TextReport(usesColor: usesColor)
            return result.files.map(report.file).joined() + report.summary(result)
        case .tap: return TAPReport.write(result)
        case .junit: return JUnitReport.write(result)
        }
    }
}

extension Duration {
    /// In seconds.
    var inSeconds: Double { self / .seconds(1) }

    /// `12 ms`, `1.2 s`.
    var text: String {
        let milliseconds = inSeconds * 1000
        return milliseconds < 1000
            ? "\(Int(milliseconds.rounded())) ms"
            : "\(Int((milliseconds / 100).rounded()) / 10).\(Int((milliseconds / 100).rounded()) % 10) s"
    }

    /// Seconds with three decimals, whatever the locale.
    var decimal: String {
        let milliseconds = max(0, Int((inSeconds * 1000).rounded()))
        let rest = "\(milliseconds % 1000)"
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
