import C8Emulator
import C8Platform
import C8Run
import LuaRuntime

/// What `test.emulator{…}` is told.
struct TestEmulatorOptions: Sendable {
    var faults: [Fault] = []
    var bindings: [PlatformConfiguration.Bindings] = []
    var tokenTTL = 28_800.0
    /// Tests do not wait for the platform's minute unless they say so.
    var tokenInterval = 0.0
    var seed: UInt64 = 1

    init() {}

    /// - Parameter folder: where relative paths begin.
    init(_ options: TestOptions, folder: String) throws {
        try options.check(["faults", "bindings", "token_ttl", "token_interval", "seed"])
        if let list = options.table["faults"] { faults = try Self.faults(list, options) }
        switch options.table["bindings"] {
        case nil, .nil?: break
        case .string(let path)?: bindings = [.file(FileText.joined(folder, path.description))]
        case .table(let table)?:
            let json = try LuaJSON.value(of: .table(table), name: "bindings")
            bindings = [.data(try JSONSerializer.serialize(json), name: "bindings of the test")]
        default: throw options.wrong("bindings", "the path of a bindings file, or what it would hold")
        }
        tokenTTL = try options.number("token_ttl", above: 0) ?? tokenTTL
        tokenInterval = try options.number("token_interval", above: -1) ?? tokenInterval
        if let value = options.table["seed"] {
            guard case .integer(let number) = value, number >= 0 else {
                throw options.wrong("seed", "a whole number from 0")
            }
            seed = UInt64(number)
        }
    }

    /// Faults as the command line has them, or as tables of the same words.
    static func faults(_ value: LuaValue, _ options: TestOptions) throws -> [Fault] {
        guard case .table(let list) = value, list.pairs.isEmpty else {
            throw options.wrong("faults", "a list such as {{kind = \"cut-after\", operation = \"orders.create\"}}")
        }
        return try list.array.map { item in
            switch item {
            case .string(let text): return try fault(text.description)
            case .table(let table): return try fault(try text(of: table, options))
            default: throw options.wrong("faults", "a list of tables or texts")
            }
        }
    }

    private static func fault(_ text: String) throws -> Fault {
        do throws(EmulatorError) {
            return try Fault(parsing: text)
        } catch {
            throw TestMisuse(error.message)
        }
    }

    private static func text(of table: LuaTable, _ options: TestOptions) throws -> String {
        let names = [
            ("operation", "on"), ("on", "on"), ("chance", "chance"), ("times", "times"), ("skip", "skip"),
            ("retry_after", "retry-after"),
        ]
        guard case .string(let kind)? = table["kind"] else {
            throw options.wrong("faults", "a kind for each, such as \"cut-after\" or \"status:503\"")
        }
        var text = kind.description.replacing("_", with: "-")
        for pair in table.pairs {
            guard case .string(let key) = pair.key, key.description != "kind" else { continue }
            guard let name = names.first(where: { $0.0 == key.description })?.1 else {
                throw options.wrong("faults", "kind, operation, times, skip, chance and retry_after, not \(key)")
            }
            switch pair.value {
            case .string(let value): text += ",\(name)=\(value)"
            case .integer(let value): text += ",\(name)=\(value)"
            case .number(let value): text += ",\(name)=\(value)"
            default: throw options.wrong("faults", "a text or a number as \(key)")
            }
        }
        return text
    }
}
