import C8Check
import C8Platform
import LuaSyntax
import OrderedCollections

/// What `lua-language-server --check` writes to `check.json`: an object with a list of diagnostics (LSP 3.17, Diagnostic) for
/// each `file://` address, or an empty list where there are none.
struct LanguageServerReport: Sendable {
    private let diagnostics: [String: [JSONValue]]

    /// - Parameter bytes: of the file; nil where none was written, which says that there are no findings.
    init?(_ bytes: [UInt8]?) {
        guard let bytes else {
            diagnostics = [:]
            return
        }
        guard let json = try? JSONParser.parse(bytes) else { return nil }
        var diagnostics: [String: [JSONValue]] = [:]
        if let object = json.objectValue {
            for (address, list) in object { diagnostics[Self.path(of: address)] = list.arrayValue ?? [] }
        } else if json.arrayValue?.isEmpty != true {
            return nil
        }
        self.diagnostics = diagnostics
    }

    /// The findings of a file, without what this program knows better: what globals there are, and what is Lua.
    ///
    /// - Parameter path: absolute.
    func findings(of path: String, in bytes: [UInt8]) -> [CompanionFinding] {
        let columns = SourceColumns(bytes)
        return (diagnostics[path] ?? []).compactMap { diagnostic in
            guard let message = diagnostic["message"]?.stringValue,
                let start = Self.offset(diagnostic["range"]?["start"], columns)
            else { return nil }
            let code = diagnostic["code"]?.stringValue ?? "?"
            if Self.known.contains(code) { return nil }
            let end = Self.offset(diagnostic["range"]?["end"], columns) ?? start
            let severity: CheckSeverity = diagnostic["severity"]?.integerValue == 1 ? .error : .warning
            return CompanionFinding(
                rule: .languageServer, severity: severity, message: "\(message) (\(code))",
                range: LuaRange(start, max(start, end)), same: Self.same[code] ?? [.syntax])
        }
    }

    private static let known: Set<String> = ["undefined-global", "lowercase-global", "global-element"]

    private static let same: [String: [CheckRule]] = [
        "unused-local": [.unusedVariable, .unusedLoopVariable, .unusedParameter, .unusedFunction, .unusedValue],
        "unused-function": [.unusedFunction], "unused-label": [.unusedLabel], "redefined-local": [.shadowing],
        "unreachable-code": [.unreachable], "code-after-break": [.unreachable], "undefined-field": [.unknownField],
        "param-type-mismatch": [.wrongType], "assign-type-mismatch": [.wrongType],
        "missing-parameter": [.argumentCount], "redundant-parameter": [.argumentCount],
        "missing-fields": [.missingField], "deprecated": [.deprecatedOperation],
    ]

    /// A place of LSP: the line from 0, and the units of UTF-16 before it.
    private static func offset(_ place: JSONValue?, _ columns: SourceColumns) -> Int? {
        guard let number = place?["line"]?.integerValue, let units = place?["character"]?.integerValue, number >= 0,
            number < columns.lines.lineCount, units >= 0
        else { return nil }
        let line = Int(number) + 1
        var left = units
        var bytes = 0
        for scalar in columns.text(ofLine: line).unicodeScalars {
            left -= Int64(scalar.utf16.count)
            if left < 0 { break }
            bytes += scalar.utf8.count
        }
        return columns.lines.range(ofLine: line).start + bytes
    }

    /// The path of a `file://` address (RFC 8089), its escapes undone.
    private static func path(of address: String) -> String {
        let text = address.hasPrefix("file://") ? address.dropFirst(7) : address[...]
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let escaped = UInt8(String(rest.prefix(2)) ?? "", radix: 16) {
                bytes.append(escaped)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
