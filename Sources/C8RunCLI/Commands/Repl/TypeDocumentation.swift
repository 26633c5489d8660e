import C8Run

/// What the annotations for editors say about a name, as `:doc` shows it.
struct TypeDocumentation: Sendable {
    /// Paths such as `c8/json.lua`, and their texts.
    let files: [(path: String, text: String)]

    /// The annotations that are part of the program.
    static var standard: TypeDocumentation {
        TypeDocumentation(
            files: EmbeddedLibrary.types.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
    }

    /// The text for a module such as `c8.json` or a function such as `c8.json.decode`; nil where nothing is known.
    func text(for name: String) -> String? {
        let parts = name.split { $0 == "." || $0 == ":" }.map(String.init)
        guard parts.first == "c8" else { return nil }
        let module = parts.count > 1 ? "c8/\(parts[1]).lua" : "c8.lua"
        if let file = files.first(where: { $0.path == module }) {
            if parts.count <= 2 { return overview(file.text, name) }
            if let text = member(parts.dropFirst(2).joined(separator: "."), of: file.text) { return text }
        }
        guard parts.count > 1, let file = files.first(where: { $0.path == "c8.lua" }) else { return nil }
        return member(parts.dropFirst().joined(separator: "."), of: file.text)
    }

    /// The module's own sentence, and each function's first.
    private func overview(_ text: String, _ name: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var result = ""
        if let at = lines.firstIndex(where: { $0.hasPrefix("---@class \(name)") && !$0.contains("(exact)") }) {
            result += comment(above: at, in: lines).filter { !$0.hasPrefix("@") }.map { $0 + "\n" }.joined()
        }
        for (at, line) in lines.enumerated() {
            guard let function = Self.function(line) else { continue }
            let sentence = comment(above: at, in: lines).first { !$0.hasPrefix("@") }
            result += "  \(function)" + (sentence.map { "  -- \($0)" } ?? "") + "\n"
        }
        return result
    }

    private func member(_ name: String, of text: String) -> String? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (at, line) in lines.enumerated() {
            guard let function = Self.function(line) else { continue }
            let called = function.prefix { $0 != "(" }.split { $0 == "." || $0 == ":" }.dropFirst().joined(
                separator: ".")
            guard called == name else { continue }
            return function + "\n" + comment(above: at, in: lines).map { "  \($0)\n" }.joined()
        }
        // A field: `---@field null userdata The null of JSON`.
        let field = lines.first { $0.hasPrefix("---@field \(name) ") || $0.hasPrefix("---@field \(name)? ") }
        return field.map { $0.dropFirst("---@field ".count) + "\n" }
    }

    /// `json.decode(text)` of `function json.decode(text) end`.
    private static func function(_ line: Substring) -> String? {
        guard line.hasPrefix("function "), let end = line.lastIndex(of: ")") else { return nil }
        return String(line[..<end].dropFirst("function ".count)) + ")"
    }

    /// The lines of the comment above, without their dashes.
    private func comment(above index: Int, in lines: [Substring]) -> [String] {
        lines[..<index].reversed().prefix { $0.hasPrefix("---") }.reversed().map { line in
            let text = line.dropFirst(3)
            return String(text.first == " " ? text.dropFirst() : text)
        }
    }
}
