import OrderedCollections

/// A path below the base URL with `{field}` placeholders, checked when it is made.
package struct PathTemplate: Sendable, Hashable, CustomStringConvertible {
    private enum Piece: Sendable, Hashable {
        case literal(String)
        case field(String)
    }

    /// The template as it was written.
    package let text: String
    private let pieces: [Piece]
    /// Whether there is nothing to fill in.
    private let isLiteral: Bool

    /// The names of the placeholders, in their order.
    package var fieldNames: [String] {
        pieces.compactMap { piece in
            if case .field(let name) = piece { name } else { nil }
        }
    }

    /// The template as it was written.
    package var description: String {
        text
    }

    /// Checks and takes apart a template.
    ///
    /// - Throws: ``PathProblem`` for braces that do not pair, a placeholder without a name, and everything that a path
    ///   must not have.
    package init(_ text: String) throws(PathProblem) {
        var pieces: [Piece] = []
        var rest = Substring(text)
        while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[brace] == "{" else { throw PathProblem("a '}' without a '{' before it") }
            if brace > rest.startIndex {
                pieces.append(.literal(String(rest[..<brace])))
            }
            rest = rest[rest.index(after: brace)...]
            guard let end = rest.firstIndex(where: { $0 == "{" || $0 == "}" }), rest[end] == "}" else {
                throw PathProblem("a '{' without a '}' after it")
            }
            guard end > rest.startIndex else { throw PathProblem("a placeholder without a name") }
            pieces.append(.field(String(rest[..<end])))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty {
            pieces.append(.literal(String(rest)))
        }
        self.text = text
        self.pieces = pieces
        isLiteral = pieces.allSatisfy { if case .literal = $0 { true } else { false } }
        // With a harmless value in each placeholder the whole must be a path.
        let sample = pieces.map { piece in
            if case .literal(let literal) = piece { literal } else { "x" }
        }
        try PlatformRequest.check(path: sample.joined())
    }

    /// The path for the values of a body.
    ///
    /// - Throws: ``BindingError`` that names the field that is missing, empty, or has no text form, or the segment that
    ///   would leave the path.
    func resolve(
        _ fields: OrderedDictionary<String, JSONValue>, operation: OperationID
    ) throws(BindingError) -> String {
        // Checked when it was made.
        if isLiteral { return text }
        var path = ""
        for piece in pieces {
            switch piece {
            case .literal(let literal):
                path += literal
            case .field(let name):
                path += try value(of: name, in: fields, operation: operation)
            }
        }
        do {
            try PlatformRequest.check(path: path)
        } catch {
            throw BindingError(
                kind: .invalidRequest, subject: operation.rawValue, path: JSONPath.root.description,
                message: "the fields make the path \(path), which has \(error.message)")
        }
        return path
    }

    private func value(
        of name: String, in fields: OrderedDictionary<String, JSONValue>, operation: OperationID
    ) throws(BindingError) -> String {
        let message: String
        switch fields[name] {
        case nil, .null?:
            message = "the path \(text) needs this field, but the body does not have it"
        case .string("")?:
            message = "the path \(text) needs this field, but it is empty"
        case let value?:
            if let text = value.scalarText {
                return PercentEncoding.encode(text)
            }
            message = "the path \(text) needs this field as a string or a number, got \(value.typeName)"
        }
        throw BindingError(
            kind: .invalidRequest, subject: operation.rawValue, path: JSONPath.root.key(name).description,
            message: message)
    }
}
