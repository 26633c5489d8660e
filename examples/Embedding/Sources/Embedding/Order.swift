import C8Run

/// Data that scripts see as a table, and give back as one.
struct Order: LuaCodable {
    struct Line: LuaCodable {
        var sku: String
        var quantity: Int
    }

    var id: Int64
    var lines: [Line]
    var note: String?
}
