import C8Check
import C8Platform
import LuaSyntax

/// Findings in the format that code hosts read (SARIF 2.1.0, OASIS).
struct SARIF {
    /// The folder that relative paths begin at; absolute.
    let folder: String

    func json(_ results: [CheckResult]) -> JSONValue {
        [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                [
                    "tool": ["driver": driver],
                    "columnKind": "utf16CodeUnits",
                    "originalUriBaseIds": ["SRCROOT": ["uri": .string("file://\(Self.encoded(folder))/")]],
                    "results": .array(results.flatMap { self.results($0) }),
                ]
            ],
        ]
    }

    private var driver: JSONValue {
        [
            "name": "c8run check",
            "version": .string(Version.text),
            "rules": .array(
                CheckRule.allCases.map { rule in
                    [
                        "id": .string(rule.rawValue),
                        "shortDescription": ["text": .string(rule.summary)],
                        "defaultConfiguration": ["level": .string(Self.level(rule.severity(isStrict: false)))],
                    ]
                }),
        ]
    }

    private func results(_ result: CheckResult) -> [JSONValue] {
        let columns = SourceColumns(result.bytes)
        return result.report.findings.map { finding in
            let text = finding.hint.map { "\(finding.message); \($0)" } ?? finding.message
            let index = CheckRule.allCases.firstIndex(of: finding.rule) ?? 0
            return [
                "ruleId": .string(finding.rule.rawValue),
                "ruleIndex": .integer(Int64(index)),
                "level": .string(Self.level(finding.severity)),
                "message": ["text": .string(text)],
                "locations": [
                    [
                        "physicalLocation": [
                            "artifactLocation": location(result.name), "region": region(finding, columns),
                        ]
                    ]
                ],
            ]
        }
    }

    private func region(_ finding: CheckFinding, _ columns: SourceColumns) -> JSONValue {
        [
            "startLine": .integer(Int64(finding.start.line)),
            "startColumn": .integer(Int64(columns.utf16Column(of: finding.start))),
            "endLine": .integer(Int64(finding.end.line)),
            "endColumn": .integer(Int64(columns.utf16Column(of: finding.end))),
        ]
    }

    /// Relative to the folder where the file is below it.
    private func location(_ name: String) -> JSONValue {
        let absolute = FilePath.absolute(name, relativeTo: folder, home: nil)
        let root = folder.hasSuffix("/") ? folder : folder + "/"
        if absolute.hasPrefix(root) {
            return ["uri": .string(Self.encoded(String(absolute.dropFirst(root.count)))), "uriBaseId": "SRCROOT"]
        }
        return ["uri": .string("file://\(Self.encoded(absolute))")]
    }

    /// A path as a URI has it (RFC 3986, 3.3).
    private static func encoded(_ path: String) -> String {
        var text = ""
        for byte in path.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E:
                text.unicodeScalars.append(UnicodeScalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                text += "%\(digits.count < 2 ? "0" : "")\(digits)"
            }
        }
        return text
    }

    private static func level(_ severity: CheckSeverity) -> String {
        switch severity {
        case .error: "error"
        case .warning: "warning"
        case .information: "note"
        }
    }
}
