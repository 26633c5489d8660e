import LuaSyntax

/// The findings of one script while they are gathered.
struct FindingList {
    private(set) var findings: [CheckFinding] = []
    private let file: String
    private let lines: LuaLines
    private let isStrict: Bool

    init(file: String, lines: LuaLines, isStrict: Bool) {
        self.file = file
        self.lines = lines
        self.isStrict = isStrict
    }

    /// Adds a finding.
    ///
    /// - Parameter severity: over the rule's own, where it depends on more.
    mutating func add(
        _ rule: CheckRule, _ message: String, at range: LuaRange, hint: String? = nil, subject: String? = nil,
        severity: CheckSeverity? = nil
    ) {
        findings.append(
            CheckFinding(
                rule: rule, severity: severity ?? rule.severity(isStrict: isStrict), message: message, file: file,
                range: range, start: lines.position(of: range.start), end: lines.position(of: range.end), hint: hint,
                subject: subject))
    }
}
