/// Reads definitions for lua-language-server strictly (LuaCATS): every tag must be one of the language's, every type be
/// defined somewhere, every class be defined once.
struct LuaCATSChecker {
    private(set) var problems: [String] = []
    private var classes: Set<String> = []
    private var references: [(name: String, place: String)] = []

    private static let builtIn: Set<String> = [
        "nil", "any", "boolean", "string", "number", "integer", "function", "table", "thread", "userdata",
        "lightuserdata",
        "fun", "true", "false", "self",
    ]

    /// - Parameter files: names and texts, which make one workspace together.
    init(_ files: [(path: String, text: String)]) {
        for file in files { read(file.path, file.text) }
        for (name, place) in references where !classes.contains(name) && !Self.builtIn.contains(name) {
            problems.append("\(place): the type \(name) is not defined")
        }
    }

    private mutating func read(_ path: String, _ text: String) {
        var generics: Set<String> = []
        var fields: Set<String> = []
        var number = 0
        if !text.hasPrefix("---@meta") { problems.append("\(path): does not begin with ---@meta") }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            let place = "\(path):\(number)"
            if line.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
                problems.append("\(place): a control character")
            }
            guard line.hasPrefix("---") else {
                if line.hasPrefix("function") || line.isEmpty { generics = [] }
                continue
            }
            let body = line.dropFirst(3)
            if body.hasPrefix("|") {
                if !body.hasPrefix("| \"") { problems.append("\(place): an alternative that is no string") }
                continue
            }
            guard body.hasPrefix("@") else { continue }
            let tag = body.dropFirst().prefix { $0.isLetter }
            let rest = body.dropFirst(1 + tag.count).drop { $0 == " " }
            switch tag {
            case "meta", "async", "deprecated", "nodiscard": continue
            case "class":
                let plain = rest.hasPrefix("(exact) ") ? rest.dropFirst(8) : rest
                let parts = plain.split(separator: ":", maxSplits: 1)
                let name = String(parts[0].filter { $0 != " " })
                if !classes.insert(name).inserted { problems.append("\(place): the class \(name) is defined twice") }
                fields = []
                if parts.count > 1 { type(parts[1].drop { $0 == " " }, place, generics) }
            case "alias":
                let name = rest.prefix { $0 != " " }
                classes.insert(String(name))
                let value = rest.dropFirst(name.count).drop { $0 == " " }
                if !value.isEmpty { type(value, place, generics) }
            case "field":
                var name = rest.prefix { $0 != " " && $0 != "?" }
                if rest.hasPrefix("[string] ") {
                    name = rest.prefix(8)
                } else if rest.hasPrefix("[") {
                    guard let end = rest.firstRange(of: "\"]") else {
                        problems.append("\(place): a field's name without its end")
                        continue
                    }
                    name = rest[..<end.upperBound]
                }
                if !fields.insert(String(name)).inserted { problems.append("\(place): the field \(name) twice") }
                type(rest[name.endIndex...].drop { $0 == "?" || $0 == " " }, place, generics)
            case "param":
                let name = rest.prefix { $0 != " " && $0 != "?" }
                type(rest[name.endIndex...].drop { $0 == "?" || $0 == " " }, place, generics)
            case "return", "overload": type(rest, place, generics)
            case "generic":
                let parts = rest.split(separator: ":")
                generics.insert(String(parts[0].filter { $0 != " " }))
            default: problems.append("\(place): the tag @\(tag) is not known")
            }
        }
    }

    /// Reads one type from the beginning of a text; what follows it is its description.
    private mutating func type(_ text: Substring, _ place: String, _ generics: Set<String>) {
        var rest = text[...]
        if !union(&rest, place, generics) { problems.append("\(place): no type in «\(text.prefix(60))»") }
        if let next = rest.first, next != " " { problems.append("\(place): «\(rest.prefix(20))» behind a type") }
    }

    private mutating func union(_ rest: inout Substring, _ place: String, _ generics: Set<String>) -> Bool {
        repeat {
            rest = rest.drop { $0 == " " }
            guard single(&rest, place, generics) else { return false }
            while rest.hasPrefix("[]") { rest = rest.dropFirst(2) }
            if rest.first == "?" { rest = rest.dropFirst() }
            let ahead = rest.drop { $0 == " " }
            guard ahead.first == "|" else { return true }
            rest = ahead.dropFirst()
        } while true
    }

    private mutating func single(_ rest: inout Substring, _ place: String, _ generics: Set<String>) -> Bool {
        if rest.first == "\"" {
            guard let end = rest.dropFirst().firstIndex(of: "\"") else { return false }
            rest = rest[rest.index(after: end)...]
            return true
        }
        if rest.first == "(" {
            rest = rest.dropFirst()
            guard union(&rest, place, generics), rest.first == ")" else { return false }
            rest = rest.dropFirst()
            return true
        }
        let name = rest.prefix { $0.isLetter || $0.isNumber || "_.".contains($0) }
        guard let first = name.first, first.isLetter || first == "_" else { return false }
        rest = rest[name.endIndex...]
        if !generics.contains(String(name)) { references.append((String(name), place)) }
        if name == "fun" { return function(&rest, place, generics) }
        if rest.first == "<" {
            rest = rest.dropFirst()
            repeat {
                guard union(&rest, place, generics) else { return false }
                rest = rest.drop { $0 == " " }
                let next = rest.popFirst()
                if next == ">" { return true }
                if next != "," { return false }
            } while true
        }
        return true
    }

    private mutating func function(_ rest: inout Substring, _ place: String, _ generics: Set<String>) -> Bool {
        guard rest.popFirst() == "(" else { return false }
        while rest.first != ")" {
            rest = rest.drop { $0 == " " || $0 == "," }
            let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            rest = rest[name.endIndex...].drop { $0 == "?" }
            guard !name.isEmpty, rest.popFirst() == ":", union(&rest, place, generics) else { return false }
        }
        rest = rest.dropFirst()
        guard rest.first == ":" else { return true }
        rest = rest.dropFirst()
        return union(&rest, place, generics)
    }
}
