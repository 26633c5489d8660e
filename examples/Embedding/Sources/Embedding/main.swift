import C8Run

let warehouse = ScriptModule("warehouse") { module in
    module.function("price") { (sku: String, quantity: Int) in Double(quantity) * (sku == "A-1" ? 2.5 : 4) }
    module.function("weigh") { (order: Order) in
        try await Task.sleep(for: .milliseconds(1))
        return order.lines.reduce(0) { $0 + $1.quantity } * 20
    }
    module.type(Stock.self) { type in
        type.constructor { (counts: [String: Int]) in Stock(counts) }
        type.method("take") { (stock, count: Int, sku: String) in try await stock.take(count, of: sku) }
    }
}

var configuration = ScriptHost.Configuration(modules: [warehouse])
configuration.limits = ScriptHost.Limits(maximumMemory: 64 << 20, timeout: .seconds(10))
let host = ScriptHost(configuration: configuration)

// A script to its end: what it prints is captured, what it returns is converted.
let packing: Script = """
    local warehouse = require "warehouse"
    local stock = warehouse.Stock { ["A-1"] = 5 }
    print(stock:take(3, "A-1") .. " left")

    local ok, problem = pcall(stock.take, stock, 3, "A-1")
    print(ok, problem.kind, problem.message)

    local order = { id = 7, lines = { { sku = "A-1", quantity = 3 }, { sku = "B-2", quantity = 1 } } }
    order.note = warehouse.weigh(order) .. " g"
    return order, warehouse.price("A-1", 3)
    """
let result = try await host.run(packing, output: .capture)
let (order, price) = try result.values(as: (Order, Double).self)
print(result.standardOutput.description, terminator: "")
print("order \(order.id): \(order.lines.count) lines, \(order.note ?? "-"), \(price)")

// A session that stays: functions are called by name, and what never ends is interrupted.
try await host.withSession { session in
    try await session.run(
        "function total(order) local n = 0 for _, l in ipairs(order.lines) do n = n + l.quantity end return n end")
    print("total \(try await session.call("total", as: Int.self, order))")

    do {
        try await session.run("while true do end", timeout: .milliseconds(50))
    } catch let error as ScriptError {
        print("stopped: \(error.kind)")
    }
    print("still there: \(try await session.call("total", as: Int.self, order))")
}
