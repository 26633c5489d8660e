import C8Run
import Glibc

/// Swift's side of Tests/Benchmarks/boundary: the programs there, with the words of its peer.c, over functions of an
/// embedder's module.
@main
enum Boundary {
    static let usage = """
        Usage: Boundary NAME N FOLDER
          integer, string, echo, table, struct, await   prints the processor seconds of N calls, and a checksum
          hosts                                         N sessions; prints the seconds, and the bytes that they hold
        """

    static let module = ScriptModule("bench") { module in
        module.function("integer") { (number: Int) in number + 1 }
        module.function("string") { (text: String) in text.utf8.count }
        module.function("echo") { (text: String) in text }
        module.function("table") { (fields: LuaFields) in
            try fields.integer("first") + fields.integer("second") + fields.integer("third") + fields.integer("fourth")
                + fields.integer("fifth") + fields.integer("sixth") + fields.integer("seventh")
                + fields.integer("eighth")
                + fields.integer("ninth") + fields.integer("tenth")
        }
        module.function("struct") { (order: Order) in order.figure }
        module.function("await") { (number: Int) async in number + 1 }
    }

    static func main() async throws {
        let words = CommandLine.arguments
        guard words.count == 4, let count = Int(words[2]) else {
            print(usage)
            exit(64)
        }
        if words[1] == "hosts" {
            try await hosts(count)
        } else {
            try await calls(of: words[1], count: count, folder: words[3])
        }
    }

    private static func calls(of name: String, count: Int, folder: String) async throws {
        var configuration = ScriptHost.Configuration(modules: [module])
        configuration.grants.read = .paths([folder])
        let result = try await ScriptHost(configuration: configuration).run(
            """
            local folder, name, count = ...
            local program = assert(load(require "c8.fs".read(folder .. "/" .. name .. ".lua")))
            return program(require "bench"[name], math.tointeger(count))
            """, arguments: [folder, name, String(count)])
        let (seconds, sum) = try result.values(as: (Double, Int).self)
        print(seconds, sum)
    }

    private static func hosts(_ count: Int) async throws {
        var sessions: [ScriptSession] = []
        let (before, begin) = (residentBytes, clock())
        for _ in 0..<count {
            let session = try await ScriptHost().session()
            try await session.run("return #'x'")
            sessions.append(session)
        }
        print(Double(clock() - begin) / 1_000_000, residentBytes - before)
        for session in sessions { await session.close() }
    }

    /// The process's memory, without what is swapped out (proc(5), statm).
    private static var residentBytes: Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
        let fields = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }.split(separator: UInt8(ascii: " "))
        return fields.count > 1
            ? (Int(String(decoding: fields[1], as: UTF8.self)) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
    }
}
