import C8Platform

/// A piece of text in parts, each with the role that decides its colour; the columns that it takes are counted on the way.
struct DisplayText {
    /// What a part is.
    enum Role: Sendable {
        case plain
        case key
        case number
        case string
        case constant
        case name
        case note
    }

    private(set) var parts: [(role: Role, text: String)] = []
    /// The columns of all parts.
    private(set) var columns = 0

    init() {}

    init(_ text: String, _ role: Role = .plain) {
        append(text, role)
    }

    mutating func append(_ text: String, _ role: Role = .plain) {
        parts.append((role, text))
        columns += TextWidth.columns(of: text)
    }

    mutating func append(_ other: DisplayText) {
        parts += other.parts
        columns += other.columns
    }

    /// The text, with the escape sequences for colours (ECMA-48, SGR) where they are wanted.
    func text(usesColor: Bool) -> String {
        guard usesColor else { return parts.map(\.text).joined() }
        return parts.map { part in
            switch part.role {
            case .plain, .key: part.text
            case .number: "\u{1b}[33m\(part.text)\u{1b}[0m"
            case .string: "\u{1b}[32m\(part.text)\u{1b}[0m"
            case .constant: "\u{1b}[35m\(part.text)\u{1b}[0m"
            case .name: "\u{1b}[36m\(part.text)\u{1b}[0m"
            case .note: "\u{1b}[2m\(part.text)\u{1b}[0m"
            }
        }.joined()
    }
}
