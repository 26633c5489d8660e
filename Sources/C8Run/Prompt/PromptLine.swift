import LuaRuntime
import LuaSyntax

/// A text that was typed, as it is handed to Lua.
///
/// Each text is a chunk of its own, in which the `local`s of the texts before would be gone. So a text that declares or uses
/// one becomes the body of a function: the locals that it uses are upvalues of it, which the prompt's Lua joins with the
/// variables of earlier texts, and at its end it hands over those that it declares.
struct PromptLine: Sendable, Equatable {
    /// What Lua compiles and, without locals, runs: the text, with `return` before an expression.
    let source: String
    /// The function around it; nil where no locals are concerned.
    var wrapped: String?
    /// The top-level locals that it declares, in order.
    var declared: [String] = []
    /// Those of them that may not be assigned to later.
    var constants: Set<String> = []

    /// - Parameters:
    ///   - text: what was typed; `= expression` is the older spelling of an expression.
    ///   - known: the locals of the texts before, and whether each is constant.
    init(_ text: String, known: [String: Bool]) {
        let start = text.firstIndex { !$0.isWhitespace }
        if let start, text[start] == "=", !text[start...].hasPrefix("==") {
            source = "return " + text[text.index(after: start)...]
        } else if case .complete(isExpression: true) = LuaInput(text) {
            source = "return " + text
        } else {
            source = text
        }
        let chunk = LuaChunk.parse(Array(source.utf8), isFile: false)
        guard chunk.errors.isEmpty else { return }
        for statement in chunk.block.statements {
            switch statement.kind {
            case .local(let variables, _): for variable in variables { declare(chunk.variables[variable]) }
            case .localFunction(let variable, _): declare(chunk.variables[variable])
            default: break
            }
        }
        let used = Set(chunk.globals.map(\.name.text)).intersection(known.keys)
        guard !declared.isEmpty || !used.isEmpty else { return }
        wrapped = wrap(chunk, used: used.sorted(), known)
    }

    private mutating func declare(_ variable: LuaVariable) {
        let name = variable.name.text
        // What is closed at the end of its line, or changes what all names mean, ends with its line.
        guard variable.attribute != .close, name != "_ENV" else { return }
        declared.removeAll { $0 == name }
        declared.append(name)
        if variable.attribute == .const { constants.insert(name) } else { constants.remove(name) }
    }

    /// The line breaks stay where they are, and with them the numbers of lines.
    private func wrap(_ chunk: LuaChunk, used: [String], _ known: [String: Bool]) -> String {
        var head = used.map { "local \($0)\(known[$0] == true ? " <const>" : "");" }.joined()
        head += "return function(\(Self.keeper),...) "
        let getters = declared.map { "function() return \($0) end" }.joined(separator: ",")
        let keeping = declared.isEmpty ? "" : ";\(Self.keeper)(\(getters))"
        let bytes = Array(source.utf8)
        if let last = chunk.block.statements.last, case .return = last.kind {
            let before = String(decoding: bytes[..<last.range.start], as: UTF8.self)
            return head + before + keeping + " " + String(decoding: bytes[last.range.start...], as: UTF8.self) + "\nend"
        }
        // A comment may end the text.
        return head + source + "\n" + keeping + " end"
    }

    /// A name that nobody types by accident.
    private static let keeper = "_c8run_keep_locals"
}
