import C8Check
import LuaSyntax

/// A line of luacheck's plain format: `path:12:5-9: (W211) unused variable 'x'`.
struct LuacheckLine: Sendable, Equatable {
    let path: String
    let line: Int
    /// In characters, from 1, both ends included.
    let columns: ClosedRange<Int>
    let code: String
    let message: String

    init?(_ text: some StringProtocol) {
        let pieces = String(text).split(separator: ": (", maxSplits: 1)
        guard pieces.count == 2, let close = pieces[1].firstIndex(of: ")") else { return nil }
        let place = pieces[0].split(separator: ":")
        guard place.count >= 3, let line = Int(place[place.count - 2]) else { return nil }
        let columns = place[place.count - 1].split(separator: "-").compactMap { Int($0) }
        guard let first = columns.first, let last = columns.last, first <= last, first > 0 else { return nil }
        path = place.dropLast(2).joined(separator: ":")
        self.line = line
        self.columns = first...last
        code = String(pieces[1][..<close])
        message = String(pieces[1][pieces[1].index(after: close)...].drop { $0 == " " })
    }

    /// The finding in a script; nil for what this program knows better: what globals there are.
    func finding(in bytes: [UInt8]) -> CompanionFinding? {
        guard !code.hasPrefix("W1"), !code.hasPrefix("E0") else { return nil }
        let columns = SourceColumns(bytes)
        let start = columns.lines.range(ofLine: line).start
        func offset(_ column: Int) -> Int {
            start + String(columns.text(ofLine: line).unicodeScalars.prefix(column - 1)).utf8.count
        }
        return CompanionFinding(
            rule: .luacheck, severity: code.hasPrefix("E") ? .error : .warning, message: "\(message) (\(code))",
            range: LuaRange(offset(self.columns.lowerBound), offset(self.columns.upperBound + 1)),
            same: CheckRule.rules(ofLuacheck: String(code.dropFirst())))
    }
}
