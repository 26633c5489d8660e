import C8Platform
import C8Run
import C8Terminal
import OrderedCollections

/// Finds what could stand at the cursor: names of the session, of the catalogue and of bindings, and commands of the prompt.
struct ReplCompleter: Sendable {
    /// The names that live in the session.
    let names: @Sendable ([String]) async -> [PromptName]
    /// How an operation is called, where that is known.
    let binding: @Sendable (OperationID) async -> Binding?

    /// - Parameters:
    ///   - pending: the lines before this one that belong to the same text.
    ///   - line: the line up to the cursor.
    ///   - columns: of the terminal.
    func complete(pending: String, line: String, columns: Int) async -> Completion {
        if pending.isEmpty, line.first == ":" {
            if let directive = directive(line, columns: columns) { return directive }
        } else if line.allSatisfy({ $0 == " " || $0 == "\t" }) {
            // Nothing to complete at a line's beginning: indentation.
            return Completion(inserted: "  ")
        }
        let context = PromptContext(before: pending + Self.code(line))
        let candidates = await candidates(context)
        return CandidateList(candidates, beginningWith: context.partial).completion(
            of: context.partial, columns: columns)
    }

    /// The expression of `:type expression`.
    private static func code(_ line: String) -> String {
        guard line.first == ":", let blank = line.firstIndex(of: " ") else { return line }
        return String(line[line.index(after: blank)...])
    }

    private func directive(_ line: String, columns: Int) -> Completion? {
        if let blank = line.firstIndex(of: " ") {
            guard line[..<blank] == ":help" else { return nil }
            let partial = String(line[line.index(after: blank)...])
            let topics = ReplHelp.topics.map { CandidateList.Candidate(text: $0.name) }
            return CandidateList(topics, beginningWith: partial).completion(of: partial, columns: columns)
        }
        let names = ReplDirective.table.map { row in
            CandidateList.Candidate(text: ":" + row.name, ending: row.argument.isEmpty ? "" : " ")
        }
        return CandidateList(names, beginningWith: line).completion(of: line, columns: columns)
    }

    private func candidates(_ context: PromptContext) async -> [CandidateList.Candidate] {
        switch context {
        case .none: return []
        case .module: return HostModuleNames.all.map { .init(text: $0, ending: "\"") }
        case .operation: return Catalogue.standard.operations.map { .init(text: $0.id.rawValue, ending: "\"") }
        case .name(let path, let partial): return await names(at: path, partial)
        case .field(let operation, let place, let given, let partial):
            let fields = await fields(operation, place).filter { !given.contains($0) }
            if fields.isEmpty { return await names(at: [], partial) }
            return fields.map { field in
                LuaLiteral.isName(field.utf8)
                    ? .init(text: field, ending: " = ")
                    : .init(text: "[\(LuaLiteral.quoted(field.utf8))]", ending: " = ")
            }
        }
    }

    private func names(at path: [String], _ partial: String) async -> [CandidateList.Candidate] {
        var found = await names(path).map { CandidateList.Candidate(text: $0.name) }
        found.removeAll { !LuaLiteral.isName($0.text.utf8) }
        if path.isEmpty {
            // Without a letter typed they would only be in the way.
            if !partial.isEmpty { found += LuaLiteral.keywords.map { .init(text: $0) } }
            found.append(.init(text: "c8"))
        } else if path[0] == "c8" {
            let prefix = path.dropFirst().joined(separator: ".")
            found += Catalogue.standard.names(under: prefix).map { .init(text: $0) }
            if path.count == 1 {
                found += HostModuleNames.all.filter { $0.hasPrefix("c8.") }.map { .init(text: String($0.dropFirst(3))) }
            }
        }
        // What begins with an underscore is for those who ask for it.
        return partial.isEmpty ? found.filter { !$0.text.hasPrefix("_") } : found
    }

    /// The fields of a request's body, or of a table within it.
    private func fields(_ operation: String, _ place: [String]) async -> [String] {
        guard var fields = await binding(OperationID(operation))?.request else { return [] }
        for name in place {
            guard let field = fields[name] else { return [] }
            fields = field.items?.fields ?? field.fields
        }
        return Array(fields.keys)
    }
}
