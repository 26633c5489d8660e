import C8Run

/// What the benchmarked scripts call.
enum Module {
    struct Line: LuaCodable {
        var sku: String
        var quantity: Int
    }

    struct Order: LuaCodable {
        var id: Int64
        var number: String
        var lines: [Line]
        var note: String?
    }

    static let order = Order(
        id: 1_234_567_890_123_456_789, number: "PO-2031",
        lines: [Line(sku: "A-1", quantity: 3), Line(sku: "B-2", quantity: 1)], note: nil)

    static let configuration = ScriptHost.Configuration(modules: [
        ScriptModule("bench") { module in
            module.function("next") { (number: Int) in number + 1 }
            module.function("length") { (text: String) in text.utf8.count }
            module.function("quantity") { (order: Order) in order.lines.reduce(0) { $0 + $1.quantity } }
            module.function("later") { (number: Int) async in number + 1 }
        }
    ])
}
