/// A copy of a Lua table: positions 1…n in `array`, everything else in `pairs`, in no particular order.
///
/// Values are immutable once made, so a table can be shared between tasks. A table built in Swift may nest as deep as
/// memory allows, and is released without recursion; Lua accepts at most 200 levels of it.
package struct LuaTable: Sendable {
    /// What an empty or unusual table stands for where JSON needs to know.
    package enum Mark: Sendable {
        case none, array, object, error
    }

    package struct Pair: Sendable {
        package let key: LuaValue
        package let value: LuaValue

        package init(key: LuaValue, value: LuaValue) {
            self.key = key
            self.value = value
        }
    }

    var storage: LuaTableStorage
    package let mark: Mark

    package init(array: [LuaValue] = [], pairs: [Pair] = [], mark: Mark = .none) {
        storage = LuaTableStorage(array: array, pairs: pairs)
        self.mark = mark
    }

    /// A table of named fields.
    package init(fields: [(String, LuaValue)], mark: Mark = .none) {
        self.init(pairs: fields.map { Pair(key: .string(LuaString($0.0)), value: $0.1) }, mark: mark)
    }

    package var array: [LuaValue] { storage.array }
    package var pairs: [Pair] { storage.pairs }

    /// The field with this name, or nil. Linear in the number of fields.
    package subscript(name: String) -> LuaValue? {
        for pair in storage.pairs {
            if case .string(let key) = pair.key, key.bytes.elementsEqual(name.utf8) { return pair.value }
        }
        return nil
    }
}
