import C8Run

/// What struct.lua passes.
struct Order: LuaCodable {
    var id: Int64
    var number: String
    var sku: String
    var quantity: Int
    var weight: Double
    var urgent: Bool
    var currency: String
    var city: String
    var line: Int
    var note: String

    /// A number to which each field adds, as `take_struct` of peer.c has it.
    var figure: Int {
        let texts =
            number.utf8.count + sku.utf8.count + currency.utf8.count + city.utf8.count + note.utf8.count
        return Int(id % 1000) + quantity + line + Int(weight) + (urgent ? 1 : 0) + texts
    }
}
