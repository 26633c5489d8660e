/// A copy of a Lua table: positions 1…n in `array`, everything else in `pairs`, in no particular order.
///
/// Values are immutable once made, so a table can be shared between tasks. A table built in Swift may nest as deep as
/// memory allows, and is released without recursion; Lua accepts at most 200 levels of it.
public struct LuaTable: Sendable {
    /// What an empty or unusual table stands for where JSON needs to know.
    public enum Mark: Sendable {
        case none, array, object, error
    }

    /// A key that is no position, and its value.
    public struct Pair: Sendable {
        /// Most often a string.
        public let key: LuaValue
        /// Never `nil`, where the table comes from Lua.
        public let value: LuaValue

        /// A pair.
        public init(key: LuaValue, value: LuaValue) {
            self.key = key
            self.value = value
        }
    }

    var storage: LuaTableStorage
    /// What JSON makes of the table.
    public let mark: Mark

    /// A table of these positions and pairs.
    public init(array: [LuaValue] = [], pairs: [Pair] = [], mark: Mark = .none) {
        storage = LuaTableStorage(array: array, pairs: pairs)
        self.mark = mark
    }

    /// A table of named fields.
    public init(fields: [(String, LuaValue)], mark: Mark = .none) {
        self.init(pairs: fields.map { Pair(key: .string(LuaString($0.0)), value: $0.1) }, mark: mark)
    }

    /// What is at the positions 1, 2, ….
    public var array: [LuaValue] { storage.array }
    /// Everything else.
    public var pairs: [Pair] { storage.pairs }

    /// The field with this name, or nil. Linear in the number of fields.
    public subscript(name: String) -> LuaValue? {
        var name = name
        return name.withUTF8 { wanted in
            for pair in storage.pairs {
                // Most others differ in their length.
                if case .string(let key) = pair.key, key.bytes.count == wanted.count, key.bytes.elementsEqual(wanted) {
                    return pair.value
                }
            }
            return nil
        }
    }

    /// The item at a position that counts from 1, or nil.
    public subscript(position: Int) -> LuaValue? {
        position >= 1 && position <= storage.array.count ? storage.array[position - 1] : nil
    }

    /// The field with this name, or else the item at the position that the name spells; nil where there is neither.
    func field(orPosition name: String) -> LuaValue {
        if let value = self[name] { return value }
        guard let position = Int64(name) else { return .nil }
        if position >= 1, position <= array.count { return array[Int(position) - 1] }
        for pair in pairs {
            if case .integer(position) = pair.key { return pair.value }
        }
        return .nil
    }
}
