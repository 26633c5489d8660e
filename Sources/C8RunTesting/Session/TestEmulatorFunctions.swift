import C8Emulator
import C8Platform
import LuaRuntime
import OrderedCollections

/// `test.emulator` and what it returns.
struct TestEmulatorFunctions: Sendable {
    private let session: TestSession

    init(_ session: TestSession) { self.session = session }

    var all: [(String, LuaValue)] {
        [
            TestModule.asynchronous("emulator") { arguments in
                let options = try TestEmulatorOptions(
                    TestOptions("test.emulator", arguments[1]), folder: session.file.folder)
                return [.table(LuaTable(fields: Self.fields(try await session.platform.start(options))))]
            }
        ]
    }

    private static func fields(_ emulator: Emulator) -> [(String, LuaValue)] {
        [
            ("base_url", .string(emulator.baseURL)),
            TestModule.function("ledger") { _ in
                let orders = JSONValue.object([
                    "calls": .array(calls(emulator, of: nil)),
                    "production_orders": .array(emulator.productionOrders),
                    "logistics_orders": .array(emulator.logisticsOrders),
                ])
                return [.json(try JSONSerializer.serialize(orders))]
            },
            TestModule.function("calls") { arguments in
                let operation = arguments.isNone(1) ? nil : OperationID(try arguments.text(1))
                return [.json(try JSONSerializer.serialize(.array(calls(emulator, of: operation))))]
            },
            TestModule.function("faults") { arguments in
                let options = TestOptions("faults", .nil)
                emulator.setFaults(try TestEmulatorOptions.faults(arguments[1], options))
                return []
            },
            TestModule.function("expire_tokens") { _ in
                emulator.expireAllTokens()
                return []
            },
            TestModule.asynchronous("stop") { _ in
                await emulator.stop()
                return []
            },
        ]
    }

    /// The requests so far; without an operation those for tokens are left out, since no script asks for them.
    private static func calls(_ emulator: Emulator, of operation: OperationID?) -> [JSONValue] {
        emulator.requestLog.records.filter { record in
            operation.map { record.operation == $0 } ?? (record.operation != "auth.get_token")
        }.map { record -> JSONValue in
            guard case .object(var members) = record.json else { return .null }
            // nil says more in Lua than null does.
            for (name, value) in members where value == .null { members[name] = nil }
            members["target"] = record.target.map { .string($0) }
            members["body"] = record.body
            return .object(members)
        }
    }
}
