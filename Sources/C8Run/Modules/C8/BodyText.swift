import C8Platform
import LuaRuntime

/// The JSON text of a call's body, written from Lua's values directly where they are what most bodies are: fields with texts,
/// numbers and further tables of them. The same text as that of ``LuaJSON``'s value.
enum BodyText {
    private static let mostLevels = 32
    /// Names are put in order one by one.
    private static let mostNames = 64

    /// Nil for whatever needs a closer look: files, marks, names out of the ordinary, and what is an error.
    static func text(of value: LuaValue) -> [UInt8]? {
        guard case .table(let table) = value, table.mark == .none, table.array.isEmpty else { return nil }
        var text: [UInt8] = []
        text.reserveCapacity(256)
        return write(table, to: &text, level: 0) ? text : nil
    }

    private static func write(_ table: LuaTable, to text: inout [UInt8], level: Int) -> Bool {
        guard table.mark == .none, level < mostLevels else { return false }
        let (items, pairs) = (table.array, table.pairs)
        if items.isEmpty { return write(pairs, to: &text, level: level) }
        guard pairs.isEmpty else { return false }
        for (index, item) in items.enumerated() {
            text.append(index == 0 ? UInt8(ascii: "[") : UInt8(ascii: ","))
            guard write(item, to: &text, level: level) else { return false }
        }
        text.append(UInt8(ascii: "]"))
        return true
    }

    /// Names are sorted, as there.
    private static func write(_ pairs: [LuaTable.Pair], to text: inout [UInt8], level: Int) -> Bool {
        guard pairs.count <= mostNames else { return false }
        var named: [(name: [UInt8], value: LuaValue)] = []
        named.reserveCapacity(pairs.count)
        for pair in pairs {
            guard case .string(let name) = pair.key, isPlain(name.bytes) else { return false }
            // Before the first that is greater: most tables are small.
            var place = named.count
            while place > 0, name.bytes.lexicographicallyPrecedes(named[place - 1].name) { place -= 1 }
            named.insert((name.bytes, pair.value), at: place)
        }
        text.append(UInt8(ascii: "{"))
        for (index, (name, value)) in named.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text.append(UInt8(ascii: "\""))
            text.append(contentsOf: name)
            text.append(UInt8(ascii: "\""))
            text.append(UInt8(ascii: ":"))
            guard write(value, to: &text, level: level) else { return false }
        }
        text.append(UInt8(ascii: "}"))
        return true
    }

    private static func write(_ value: LuaValue, to text: inout [UInt8], level: Int) -> Bool {
        switch value {
        case .null: text.append(contentsOf: "null".utf8)
        case .boolean(let flag): text.append(contentsOf: flag ? "true".utf8 : "false".utf8)
        case .integer(let integer): text.append(contentsOf: String(integer).utf8)
        case .number(let number):
            guard number.isFinite, let bytes = try? JSONSerializer.serialize(.number(number)) else { return false }
            text.append(contentsOf: bytes)
        case .string(let string):
            if isPlain(string.bytes) {
                text.append(UInt8(ascii: "\""))
                text.append(contentsOf: string.bytes)
                text.append(UInt8(ascii: "\""))
            } else {
                guard let string = string.text else { return false }
                text.append(contentsOf: JSONSerializer.quoted(string).utf8)
            }
        case .table(let table): return write(table, to: &text, level: level + 1)
        default: return false
        }
        return true
    }

    /// Printable ASCII that stands for itself.
    private static func isPlain(_ bytes: [UInt8]) -> Bool {
        for byte in bytes where byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
        {
            return false
        }
        return true
    }
}
