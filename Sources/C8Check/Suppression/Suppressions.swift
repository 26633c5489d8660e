import C8Platform
import LuaSyntax

/// What the comments of a script ask not to be told.
///
/// - `-- c8check: ignore[rule, …]` on a line: findings of these rules on it; `-- c8check: ignore` all. Alone on a line, it
///   means the next one.
/// - `-- c8check: globals a b`: these globals are there.
/// - `-- luacheck: ignore …` and `-- luacheck: globals …` as luacheck has them: behind code for the line, alone for what
///   follows.
struct Suppressions {
    private struct Entry {
        let range: LuaRange
        /// Nil for all.
        let rules: Set<CheckRule>?
        /// Nil for all.
        let names: Set<String>?
    }

    private var entries: [Entry] = []
    private var functions: [LuaRange]?
    /// Globals that are declared.
    private(set) var globals: Set<String> = []

    init(_ chunk: LuaChunk, _ list: inout FindingList) {
        for comment in chunk.comments {
            let words = Self.words(chunk.text(comment.content))
            guard words.count >= 2 else { continue }
            switch (words[0], words[1]) {
            case ("c8check:", "globals"), ("luacheck:", "globals"), ("luacheck:", "read_globals"):
                globals.formUnion(words.dropFirst(2))
            case ("c8check:", "ignore"):
                read(words.dropFirst(2), of: comment, in: chunk, &list)
            case ("luacheck:", "ignore"):
                readLuacheck(words.dropFirst(2), of: comment, in: chunk)
            case ("c8check:", let word):
                list.add(
                    .suppression, "c8check knows ignore[rule] and globals, not \(word)", at: comment.range,
                    hint: "-- c8check: ignore[unused-variable]")
            default: continue
            }
        }
    }

    func covers(_ finding: CheckFinding) -> Bool {
        entries.contains { entry in
            entry.range.start <= finding.range.start && finding.range.start < entry.range.end
                && entry.rules?.contains(finding.rule) ?? true
                && entry.names.map { names in finding.subject.map { names.contains($0) } ?? false } ?? true
        }
    }

    /// The words of a comment; brackets and commas part them.
    private static func words(_ text: String) -> [String] {
        text.split { $0.isWhitespace || $0 == "," || $0 == "[" || $0 == "]" }.map(String.init)
    }

    private mutating func read(
        _ words: ArraySlice<String>, of comment: LuaComment, in chunk: LuaChunk, _ list: inout FindingList
    ) {
        var rules: Set<CheckRule> = []
        for word in words {
            if let rule = CheckRule(rawValue: word) {
                rules.insert(rule)
            } else {
                let hint = NearestNames.hint(word, among: CheckRule.allCases.map(\.rawValue), limit: 1)
                list.add(.suppression, "there is no rule \(word)\(hint)", at: comment.range)
            }
        }
        guard words.isEmpty || !rules.isEmpty else { return }
        let line = comment.isAlone ? comment.lastLine + 1 : comment.firstLine
        entries.append(Entry(range: chunk.lines.range(ofLine: line), rules: words.isEmpty ? nil : rules, names: nil))
    }

    private mutating func readLuacheck(_ words: ArraySlice<String>, of comment: LuaComment, in chunk: LuaChunk) {
        if functions == nil { functions = Self.functions(of: chunk) }
        let around = (functions ?? []).filter { $0.holds(comment.range) }.map(\.end).min() ?? chunk.bytes.count
        let codes = words.filter { $0.first?.isNumber == true }
        let names = words.filter { $0.first?.isNumber == false }
        let rules = codes.isEmpty ? nil : Set(codes.flatMap { CheckRule.rules(ofLuacheck: $0) })
        let line = chunk.lines.range(ofLine: comment.firstLine)
        let range =
            comment.isAlone
            ? LuaRange(comment.range.start, around) : line
        entries.append(Entry(range: range, rules: rules, names: names.isEmpty ? nil : Set(names)))
    }

    /// The functions of a script, where a comment asks for the one around it.
    private static func functions(of chunk: LuaChunk) -> [LuaRange] {
        var ranges: [LuaRange] = []
        chunk.block.visit(
            { statement in
                switch statement.kind {
                case .function(_, let body), .localFunction(_, let body): ranges.append(body.range)
                default: return
                }
            },
            { expression in if case .function(let body) = expression.kind { ranges.append(body.range) } })
        return ranges
    }
}
