import C8Platform
import LuaSyntax

/// Judges scripts without running them.
package enum ScriptCheck {
    /// Everything there is to say of a script.
    ///
    /// Names and calls are judged only where the text is Lua: after a syntax error they would be guesses.
    package static func check(_ source: CheckSource, _ settings: CheckSettings) -> CheckReport {
        let chunk = LuaChunk.parse(source.bytes)
        var list = FindingList(file: source.name, lines: chunk.lines, isStrict: settings.isStrict)
        for error in chunk.errors { list.add(.syntax, error.message, at: error.range) }
        var grants = GrantNeeds()
        if chunk.errors.isEmpty, !isDefinition(chunk) {
            let suppressions = Suppressions(chunk, &list)
            NameRules(chunk: chunk, settings: settings, knownGlobals: suppressions.globals).check(&list)
            UnreachableCode.check(chunk, &list)
            UnusedValues(chunk: chunk).check(&list)
            let calls = CallRules(chunk: chunk, source: source, settings: settings, list: list)
            calls.check()
            list = calls.list
            grants = calls.grants
            var findings = list.findings.filter { !suppressions.covers($0) }
            findings.sort { ($0.range.start, $0.rule.rawValue) < ($1.range.start, $1.rule.rawValue) }
            return CheckReport(findings: findings, grants: grants)
        }
        return CheckReport(findings: list.findings.sorted { $0.range.start < $1.range.start }, grants: grants)
    }

    /// Files of definitions for editors are no scripts: their functions have no bodies.
    private static func isDefinition(_ chunk: LuaChunk) -> Bool {
        chunk.documentation.map { $0.hasPrefix("-@meta") } ?? false
    }
}
