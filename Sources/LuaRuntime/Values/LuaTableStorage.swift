/// The contents of a `LuaTable`.
///
/// Sendable though its properties are variables: they are written by `init`, and again only by a deinit that holds the
/// last reference, so no two threads ever see a write.
final class LuaTableStorage: @unchecked Sendable {
    private(set) var array: [LuaValue]
    private(set) var pairs: [LuaTable.Pair]

    init(array: [LuaValue], pairs: [LuaTable.Pair]) {
        self.array = array
        self.pairs = pairs
    }

    /// Releases nested tables one after another: recursion would overflow the stack at a few ten thousand levels.
    deinit {
        var work: [LuaTableStorage] = []
        takeTables(into: &work)
        while var table = work.popLast() {
            if isKnownUniquelyReferenced(&table) { table.takeTables(into: &work) }
        }
    }

    private func takeTables(into work: inout [LuaTableStorage]) {
        for value in array {
            if case .table(let table) = value { work.append(table.storage) }
        }
        for pair in pairs {
            if case .table(let table) = pair.value { work.append(table.storage) }
            if case .table(let table) = pair.key { work.append(table.storage) }
        }
        array = []
        pairs = []
    }
}
