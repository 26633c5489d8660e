import Benchmark
import C8Run

/// Scripts that repeat one thing, by the name of what they repeat; each does it a thousand times.
private let loops: KeyValuePairs = [
    "1,000 calls with an integer": "local f = require 'bench'.next local n = 0 for i = 1, 1000 do n = f(n) end",
    "1,000 calls with a string": "local f = require 'bench'.length for i = 1, 1000 do f 'order-100001' end",
    "1,000 calls with a Codable struct": """
    local f = require 'bench'.quantity
    local order = { id = 7, number = 'A', lines = { { sku = 'A-1', quantity = 3 }, { sku = 'B-2', quantity = 1 } } }
    for i = 1, 1000 do f(order) end
    """,
    "1,000 waits for an async function": "local f = require 'bench'.later for i = 1, 1000 do f(i) end",
    "1,000 JSON texts, decoded and encoded": """
    local json = require 'c8.json'
    local text = '{"code":200,"message":"ok","data":{"list":[{"orderNo":"PO-2031","quantity":500}],"total":1}}'
    for i = 1, 1000 do json.encode(json.decode(text)) end
    """,
]

let benchmarks: @Sendable () -> Void = {
    // A thousand at a time: Linux counts a process's time in hundredths of a second.
    Benchmark.defaultConfiguration = .init(
        metrics: [.cpuTotal, .wallClock, .instructions, .peakMemoryResident], scalingFactor: .kilo,
        maxDuration: .seconds(5))
    let host = ScriptHost(configuration: Module.configuration)

    Benchmark("an empty script") { benchmark in
        for _ in benchmark.scaledIterations { blackHole(try await host.run("")) }
    }
    for (name, source) in loops {
        Benchmark(name) { benchmark in
            for _ in benchmark.scaledIterations { blackHole(try await host.run(Script(source, name: name))) }
        }
    }
    Benchmark("a session that calls a Lua function") { benchmark in
        let session = try await host.session()
        try await session.run("function add(a, b) return a + b end")
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { blackHole(try await session.call("add", as: Int.self, 40, 2)) }
        benchmark.stopMeasurement()
        await session.close()
    }
    Benchmark("a session that passes an order to Lua and back") { benchmark in
        let session = try await host.session()
        try await session.run("function same(order) return order end")
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            blackHole(try await session.call("same", as: Module.Order.self, Module.order))
        }
        benchmark.stopMeasurement()
        await session.close()
    }
}
