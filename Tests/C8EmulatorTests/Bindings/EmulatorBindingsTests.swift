import C8Emulator
import C8Platform
import Testing

struct EmulatorBindingsTests {
    @Test func everyOperationIsBoundBelowItsOwnPathAndSaysWhoseItIs() async throws {
        try await withEmulator { session async throws in
            let bindings = session.emulator.bindings
            #expect(
                bindings.operations == [
                    "logistics.offline.upload_codes", "logistics.orders.complete", "logistics.orders.create",
                    "logistics.orders.delete",
                    "logistics.orders.get", "production.offline.upload_codes", "production.orders.create",
                    "production.orders.delete",
                    "production.orders.get", "production.orders.list", "production.orders.list_codes",
                ])
            for id in bindings.operations {
                let binding = try #require(bindings[id])
                #expect(binding.path.text.hasPrefix("/emulator/"))
                #expect(binding.source == "c8run emulator, not the platform")
                #expect(Catalogue.standard[id]?.kind == .operation)
            }
        }
    }

    @Test(
        arguments: [
            ("production.orders.create", .write), ("production.orders.get", .read), ("production.orders.list", .read),
            ("production.orders.delete", .write), ("production.offline.upload_codes", .idempotent),
            ("production.orders.list_codes", .read),
            ("logistics.orders.create", .write), ("logistics.offline.upload_codes", .idempotent),
            ("logistics.orders.get", .read),
            ("logistics.orders.complete", .write), ("logistics.orders.delete", .write),
        ] as [(OperationID, Effect)])
    func effectsSayWhatMayBeRepeated(operation: OperationID, effect: Effect) async throws {
        try await withEmulator { session async throws in
            #expect(session.emulator.bindings[operation]?.effect == effect)
        }
    }

    @Test func theFileItHandsOutIsReadAsTheSameBindings() async throws {
        try await withEmulator { session async throws in
            let read = try BindingSet.parse(session.emulator.bindingsJSON, file: "handed-out.json")
            #expect(read.operations == session.emulator.bindings.operations)
            for id in read.operations {
                #expect(read[id] == session.emulator.bindings[id])
            }
        }
    }

    /// The server's paths are written apart from the bindings: each binding must reach the operation it names.
    @Test func everyBindingReachesItsOperation() async throws {
        try await withEmulator { session async throws in
            for id in session.emulator.bindings.operations {
                _ = try await session.call(id, ["orderNo": "none"], token: "x")
            }
            let log = session.emulator.requestLog
            #expect(log.records.map(\.operation) == session.emulator.bindings.operations)
            #expect(log.records.allSatisfy { $0.code == 20_324_012 })
        }
    }

    @Test func pagedOperationsSayHow() async throws {
        try await withEmulator { session async throws in
            let paging = Paging(page: "pageNum", size: "pageSize", items: "records", total: "total")
            for id in ["production.orders.list", "production.orders.list_codes"] as [OperationID] {
                #expect(session.emulator.bindings[id]?.paging == paging)
            }
        }
    }
}
