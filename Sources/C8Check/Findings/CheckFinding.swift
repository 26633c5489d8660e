package import LuaSyntax

/// Something to say of a script.
package struct CheckFinding: Sendable, Equatable {
    package let rule: CheckRule
    package let severity: CheckSeverity
    /// What is wrong, in a sentence without its full stop.
    package let message: String
    /// As the script was named.
    package let file: String
    /// In bytes of the file.
    package let range: LuaRange
    package let start: LuaPosition
    package let end: LuaPosition
    /// What to do about it; nil where the message says it.
    package let hint: String?
    /// The name in question, for suppressions by name; nil where there is none.
    package let subject: String?

    /// A finding that was made elsewhere.
    package init(
        rule: CheckRule, severity: CheckSeverity, message: String, file: String, range: LuaRange, start: LuaPosition,
        end: LuaPosition, hint: String?, subject: String?
    ) {
        self.rule = rule
        self.severity = severity
        self.message = message
        self.file = file
        self.range = range
        self.start = start
        self.end = end
        self.hint = hint
        self.subject = subject
    }
}
