import C8Platform
import OrderedCollections

/// Compares a recorded body with an asked one. The order of keys says nothing; a secret's placeholder stands for anything.
struct BodyComparison {
    /// Places that differ, and how: a line for each.
    private(set) var differences: [String] = []
    /// How many there are, more than are told.
    private(set) var count = 0
    private let most: Int

    /// - Parameter most: how many differences are told; 0 to learn only whether there are any.
    init(_ recorded: RecordedBody?, _ asked: RecordedBody?, most: Int = 0) {
        self.most = most
        compare(recorded, asked, .root)
    }

    var areSame: Bool { count == 0 }

    private mutating func compare(_ recorded: RecordedBody?, _ asked: RecordedBody?, _ path: JSONPath) {
        switch (recorded, asked) {
        case (nil, nil): break
        case (.json(let recorded, _)?, .json(let asked, _)?): compare(recorded, asked, path)
        case (.text(let recorded)?, .text(let asked)?):
            if !Placeholders.match(recorded, asked) { note(path, Self.shown(recorded), Self.shown(asked)) }
        case (.bytes(let recorded)?, .bytes(let asked)?):
            if !Placeholders.match(recorded, asked) {
                note(path, "\(recorded.count) bytes", "\(asked.count) others")
            }
        case (.form(let recorded)?, .form(let asked)?): compare(recorded, asked, path)
        default: if recorded != asked { note(path, Self.shown(recorded), Self.shown(asked)) }
        }
    }

    private mutating func compare(_ recorded: [RecordedPart], _ asked: [RecordedPart], _ path: JSONPath) {
        for index in 0..<max(recorded.count, asked.count) {
            guard index < recorded.count else { return note(path, "no such part", asked[index].name) }
            guard index < asked.count else { return note(path, recorded[index].name, "no such part") }
            let (old, new) = (recorded[index], asked[index])
            let place = path.key(old.name)
            if !Placeholders.match(old.name, new.name) { note(path, old.name, new.name) }
            for (old, new) in [(old.fileName, new.fileName), (old.type, new.type)] where old != new {
                guard !Placeholders.match(old ?? "", new ?? "") else { continue }
                note(place, old ?? "none", new ?? "none")
            }
            compare(old.body, new.body, place)
        }
    }

    private mutating func compare(_ recorded: JSONValue, _ asked: JSONValue, _ path: JSONPath) {
        // Enough is known.
        guard count <= most else { return }
        switch (recorded, asked) {
        case (.object(let old), .object(let new)):
            for (key, value) in old {
                if let other = new[key] {
                    compare(value, other, path.key(key))
                } else {
                    note(path.key(key), Self.shown(value), "nothing")
                }
            }
            for (key, value) in new where old[key] == nil { note(path.key(key), "nothing", Self.shown(value)) }
        case (.array(let old), .array(let new)):
            for (index, pair) in zip(old, new).enumerated() { compare(pair.0, pair.1, path.index(index)) }
            if old.count != new.count { note(path, "\(old.count) elements", "\(new.count)") }
        case (.string(let old), .string(let new)):
            if !Placeholders.match(old, new) { note(path, Self.shown(recorded), Self.shown(asked)) }
        case (.string(let old), _) where Placeholders.isOne(old): break
        case (.integer, .number), (.number, .integer):
            if recorded.numberValue != asked.numberValue { note(path, Self.shown(recorded), Self.shown(asked)) }
        default: if recorded != asked { note(path, Self.shown(recorded), Self.shown(asked)) }
        }
    }

    private mutating func note(_ path: JSONPath, _ recorded: String, _ asked: String) {
        count += 1
        if count <= most { differences.append("body \(path): recorded \(recorded), asked \(asked)") }
    }

    private static func shown(_ body: RecordedBody?) -> String {
        switch body {
        case nil: "no body"
        case .json?: "JSON"
        case .text(let text)?: shown(text)
        case .bytes(let bytes)?: "\(bytes.count) bytes"
        case .digest(let sha256, let size)?: "\(size) bytes (SHA-256 \(sha256.prefix(12))…)"
        case .form?: "a form"
        }
    }

    private static func shown(_ text: String) -> String { shown(JSONValue.string(text)) }

    private static func shown(_ value: JSONValue) -> String {
        let text = String(decoding: (try? JSONSerializer.serialize(value)) ?? [], as: UTF8.self)
        return text.count <= 60 ? text : text.prefix(60) + "…"
    }
}
