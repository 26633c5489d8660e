import C8Check
import LuaSyntax

/// Something that another checker found.
struct CompanionFinding: Sendable, Equatable {
    let rule: CheckRule
    let severity: CheckSeverity
    /// With the other checker's own code for it.
    let message: String
    let range: LuaRange
    /// The rules of this program that say the same.
    let same: [CheckRule]

    /// Adds it, unless this program has said the same of the line.
    func merge(into result: inout CheckResult) {
        let lines = LuaLines(result.bytes)
        let start = lines.position(of: range.start)
        guard !result.report.findings.contains(where: { $0.start.line == start.line && same.contains($0.rule) }) else {
            return
        }
        result.report.findings.append(
            CheckFinding(
                rule: rule, severity: severity, message: message, file: result.name, range: range, start: start,
                end: lines.position(of: range.end), hint: nil, subject: nil))
        result.report.findings.sort { $0.range.start < $1.range.start }
    }
}
