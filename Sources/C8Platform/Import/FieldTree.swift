import OrderedCollections

/// The fields of a request or an answer, put together from the ways in which pages show that one lies in another:
/// dotted names, marks of indentation, and tables of their own.
struct FieldTree {
    private(set) var fields: [FieldDraft] = []
    /// Where the rows of the table being read belong; empty for the top.
    private var parents: [FieldDraft] = []
    /// The fields that further indented rows lie in, by depth.
    private var open: [FieldDraft] = []
    private let mostFields = 5000
    private var count = 0

    /// Begins a table. Its caption may name the field, or the type of the fields, that it explains.
    mutating func begin(under caption: String) {
        open = []
        parents = []
        if fields.isEmpty { return }
        let words = Self.identifiers(caption)
        guard !words.isEmpty else { return }
        parents = Self.all(fields).filter { field in
            guard field.type.type == .object || field.type.type == .array || field.type.type == .any else {
                return false
            }
            let names = [field.name.lowercased(), field.type.typeName].compactMap { $0 }
            return names.contains { words.contains($0) }
        }
        // The envelope's data is what the answer's other tables are about anyway.
        if parents.count > 1 { parents.removeAll { $0.name == "data" && !words.contains("data") } }
    }

    /// Adds a row's field. Its path is the cell as the page has it, with marks.
    ///
    /// - Returns: what a person should know of it, if anything.
    mutating func add(_ field: FieldDraft, path cell: String) -> String? {
        count += 1
        guard count <= mostFields else { return count == mostFields + 1 ? "and those below it are too many" : nil }
        let (depth, name) = Self.indentation(cell)
        guard let names = Self.names(name) else { return "has a name that no field can have; passed over" }
        var siblings: FieldDraft?
        var problem: String?
        if depth > 0 {
            if depth > open.count { problem = "is indented further than the row above it can hold" }
            open = Array(open.prefix(depth))
            siblings = open.last
        } else {
            open = []
        }
        let holders = siblings.map { [$0] } ?? parents
        if holders.isEmpty {
            let added = insert(field, names, in: nil)
            open.append(added)
        } else {
            var added: FieldDraft?
            for holder in holders { added = insert(field, names, in: holder) }
            if let added { open.append(added) }
        }
        return problem
    }

    /// The fields of an example that no table told of.
    mutating func learn(from value: JSONValue) {
        var value = value
        if case .array(let elements) = value, let first = elements.first { value = first }
        guard case .object(let members) = value else { return }
        // Rows that show no nesting are placed where the example has their names.
        let isFlat = fields.allSatisfy { $0.children.isEmpty }
        let isElsewhere = isFlat && fields.contains { members[$0.name] == nil }
        guard fields.isEmpty || isElsewhere else {
            for field in fields { members[field.name].map { field.learn(from: $0) } }
            return
        }
        let example = FieldDraft(name: "", type: FieldTypeText("object"), line: 0)
        example.learn(from: value)
        if !fields.isEmpty,
            !fields.contains(where: { members[$0.name] == nil && Self.find($0.name, in: example) != nil })
        {
            for field in fields { members[field.name].map { field.learn(from: $0) } }
            return
        }
        for field in fields {
            if let place = Self.find(field.name, in: example) {
                place.take(field)
            } else {
                example.children.append(field)
            }
        }
        fields = example.children
    }

    /// The field of that name nearest to the top.
    private static func find(_ name: String, in root: FieldDraft) -> FieldDraft? {
        var level = [root]
        for _ in 0..<20 {
            let next = level.flatMap(\.children)
            if let found = next.first(where: { $0.name == name }) { return found }
            if next.isEmpty { return nil }
            level = next
        }
        return nil
    }

    /// Leaves the fields of `data` alone. Pages list the envelope's fields and those of its data in one table; the example
    /// shows which is which.
    mutating func unwrapEnvelope(example: JSONValue?) {
        let data = fields.first { $0.name == "data" }
        var inside = data?.children ?? []
        // What is beside the envelope's own fields can only be its data's.
        for field in fields
        where !Self.envelope.contains(field.name) && !inside.contains(where: { $0.name == field.name }) {
            inside.append(field)
        }
        fields = inside
        if let example { learn(from: example["data"] ?? example) }
        fields.removeAll {
            Self.envelope.contains($0.name) && example?["data"]?[$0.name] == nil && !inside.contains($0)
        }
    }

    private static let envelope: Set<String> = [
        "code", "message", "data", "timestamp", "traceId", "exception", "meta", "ext",
    ]

    func contains(type: FieldSchema.FieldType) -> Bool {
        Self.all(fields).contains { $0.type.type == type || $0.type.items == type }
    }

    /// The names of the fields at the top.
    var names: [String] { fields.map(\.name) }

    // MARK: Rows

    private mutating func insert(_ field: FieldDraft, _ names: [String], in holder: FieldDraft?) -> FieldDraft {
        var holder = holder
        for name in names.dropLast() {
            let isArray = name.hasSuffix("[]")
            let plain = isArray ? String(name.dropLast(2)) : name
            let next = holder?.makeChild(named: plain, line: field.line) ?? top(named: plain, line: field.line)
            if isArray, next.type.type != .array { next.type = FieldTypeText("array") }
            holder = next
        }
        var last = names.last ?? field.name
        if last.hasSuffix("[]") { last = String(last.dropLast(2)) }
        let draft = FieldDraft(
            name: last, type: field.type, isRequired: field.isRequired, description: field.description,
            example: field.example, line: field.line)
        if (names.last ?? "").hasSuffix("[]"), draft.type.type != .array {
            let element = draft.type.type
            draft.type = FieldTypeText("array")
            draft.type.items = element == .any ? nil : element
        }
        if let known = holder?.child(named: last) ?? (holder == nil ? fields.first { $0.name == last } : nil) {
            // A row that comes after those inside it.
            if known.type.type == .any || !draft.type.isKnown { known.type = draft.type }
            known.description = known.description ?? draft.description
            known.isRequired = known.isRequired || draft.isRequired
            return known
        }
        if let holder { holder.children.append(draft) } else { fields.append(draft) }
        return draft
    }

    private mutating func top(named name: String, line: Int) -> FieldDraft {
        if let field = fields.first(where: { $0.name == name }) { return field }
        let field = FieldDraft(name: name, line: line)
        fields.append(field)
        return field
    }

    /// How deep the marks before a name put it, and the name without them.
    private static func indentation(_ cell: String) -> (depth: Int, name: String) {
        var depth = 0
        var spaces = 0
        var rest = cell[...]
        while let character = rest.first {
            switch character {
            case "\u{A0}", "\u{2003}", "\u{2002}", "\u{3000}", " ", "\t":
                spaces += character == "\u{3000}" || character == "\u{2003}" || character == "\t" ? 2 : 1
            case "-", ">", "+", "└", "├", "↳", "|", "│", "─", "→", "》", "·", "•":
                // "└─" is one mark, "--" are two.
                let isLine = character == "─"
                if !isLine { depth += 1 }
            default:
                let name = CellText.trimmed(rest)
                // A mark that is the same at every depth leaves it to the spaces before it.
                if depth < 2, spaces > 0 { depth = max(1, spaces / 2) }
                return (min(depth, 20), name)
            }
            rest.removeFirst()
        }
        return (0, "")
    }

    /// The parts of a dotted name; nil where it is no name.
    private static func names(_ text: String) -> [String]? {
        // "orderNo (订单号)", "orderNo*"
        let bare = text.prefix { !$0.isWhitespace && !"(（*".contains($0) }
        var names: [String] = []
        for part in bare.split(separator: ".", omittingEmptySubsequences: true) {
            guard let bracket = part.firstIndex(of: "["), part.last == "]" else {
                names.append(String(part))
                continue
            }
            let name = part[..<bracket]
            // "list.[].code" is "list[].code".
            if name.isEmpty, let last = names.popLast() {
                names.append(last.hasSuffix("[]") ? last : last + "[]")
            } else {
                names.append(name + "[]")
            }
        }
        guard !names.isEmpty, names.count <= 20 else { return nil }
        let isName = names.allSatisfy { name in
            name.utf8.count <= 200 && name.contains { $0.isLetter || $0 == "_" }
                && name.allSatisfy { $0.isLetter || $0.isNumber || "_-$@[]".contains($0) }
        }
        return isName ? names : nil
    }

    private static func all(_ fields: [FieldDraft], depth: Int = 0) -> [FieldDraft] {
        if depth > 20 { return [] }
        return fields.flatMap { [$0] + all($0.children, depth: depth + 1) }
    }

    /// The words of a caption that could be names in a program, in lower case.
    private static func identifiers(_ text: String) -> Set<String> {
        let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) && $0 != "_" }
        return Set(words.map { $0.lowercased() })
    }
}

extension [FieldDraft] {
    fileprivate func contains(_ draft: FieldDraft) -> Bool { contains { $0 === draft } }
}
