import C8Check
import C8Platform
import LuaSyntax

/// Findings as one JSON document.
enum CheckJSON {
    static func json(_ results: [CheckResult]) -> JSONValue {
        let findings = results.flatMap(\.report.findings)
        func count(_ severity: CheckSeverity) -> JSONValue {
            .integer(Int64(findings.count { $0.severity == severity }))
        }
        return [
            "version": 1,
            "files": .array(results.map { file($0) }),
            "errors": count(.error), "warnings": count(.warning), "informations": count(.information),
        ]
    }

    private static func file(_ result: CheckResult) -> JSONValue {
        let columns = SourceColumns(result.bytes)
        return [
            "path": .string(result.name),
            "findings": .array(result.report.findings.map { json($0, columns) }),
            "needs": .array(result.report.grants.flags.map { .string($0) }),
        ]
    }

    private static func json(_ finding: CheckFinding, _ columns: SourceColumns) -> JSONValue {
        [
            "rule": .string(finding.rule.rawValue), "severity": .string(finding.severity.rawValue),
            "message": .string(finding.message), "hint": finding.hint.map { .string($0) } ?? .null,
            "line": .integer(Int64(finding.start.line)),
            "column": .integer(Int64(columns.scalarColumn(of: finding.start))),
            "end_line": .integer(Int64(finding.end.line)),
            "end_column": .integer(Int64(columns.scalarColumn(of: finding.end))),
            "offset": .integer(Int64(finding.range.start)),
            "length": .integer(Int64(finding.range.end - finding.range.start)),
        ]
    }
}
