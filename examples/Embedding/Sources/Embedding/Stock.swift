import C8Run

/// What is in the warehouse: an actor that scripts hold and call.
actor Stock: LuaUserdata {
    private var counts: [String: Int]

    init(_ counts: [String: Int]) {
        self.counts = counts
    }

    func take(_ count: Int, of sku: String) throws -> Int {
        let present = counts[sku] ?? 0
        guard present >= count else { throw OutOfStock(sku: sku, present: present) }
        counts[sku] = present - count
        return present - count
    }
}

/// An error with fields of its own, which a script may catch and look at.
struct OutOfStock: LuaErrorConvertible {
    let sku: String
    let present: Int

    var luaMessage: String { "only \(present) of \(sku) are left" }
    var luaFields: [(String, LuaValue)] { [("kind", "out_of_stock"), ("sku", .string(sku))] }
}
