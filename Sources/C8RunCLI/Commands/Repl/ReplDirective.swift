import C8Platform

/// A line that begins with a colon: something for the prompt itself, not for Lua.
enum ReplDirective: Sendable, Equatable {
    case help(topic: String?)
    case type(String)
    case time(String)
    case load(String)
    case documentation(String)
    case clear
    case reset
    case quit

    /// Each name with what follows it and what it does, as `:help` shows them.
    static let table: [(name: String, argument: String, summary: String)] = [
        ("help", "[topic]", "this, or about: " + ReplHelp.topics.map(\.name).joined(separator: ", ")),
        ("type", "expression", "the type and shape of a value; of an operation, its request and answer"),
        ("time", "expression", "how long it takes"),
        ("doc", "name", "what a function or module of c8 is for"),
        ("load", "file", "run a file in this session"),
        ("clear", "", "clear the screen"),
        ("reset", "", "begin anew: all variables are gone"),
        ("quit", "", "end, as Control-D does"),
    ]

    /// Reads a line; nil where it is none of these: Lua has `::label::` as well.
    ///
    /// - Throws: ``UsageError`` for a name that is none, and one that lacks what must follow.
    init?(_ line: String) throws(UsageError) {
        let text = line.drop { $0.isWhitespace }
        guard text.hasPrefix(":"), !text.hasPrefix("::") else { return nil }
        let parts = text.dropFirst().split(maxSplits: 1) { $0.isWhitespace }
        let name = parts.first.map(String.init) ?? "help"
        var argument = parts.count > 1 ? String(parts[1]) : ""
        while argument.last?.isWhitespace == true { argument.removeLast() }
        func required(_ meaning: MistakeMessage) throws(UsageError) -> String {
            guard !argument.isEmpty else {
                throw UsageError(.behindDirective, ["name": name, "meaning": meaning.text])
            }
            return argument
        }
        switch name {
        case "help", "h", "?": self = .help(topic: argument.isEmpty ? nil : argument)
        case "type", "t": self = .type(try required(.anExpression))
        case "time": self = .time(try required(.anExpression))
        case "load", "l": self = .load(try required(.aFile))
        case "doc", "d": self = .documentation(try required(.aName))
        case "clear": self = .clear
        case "reset": self = .reset
        case "quit", "q", "exit": self = .quit
        default:
            let hint = NearestNames.hint(name, among: Self.table.map(\.name), limit: 1)
            throw UsageError(
                .noDirective, ["name": name], ending: hint.isEmpty ? MistakeMessage.listsDirectives.text : hint)
        }
    }
}
