import C8Emulator
import C8Platform
import Testing

struct EmulatorBindingsTests {
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

    @Test func pagedOperationsSayHow() async throws {
        try await withEmulator { session async throws in
            let paging = Paging(page: "pageNum", size: "pageSize", items: "records", total: "total")
            for id in ["production.orders.list", "production.orders.list_codes"] as [OperationID] {
                #expect(session.emulator.bindings[id]?.paging == paging)
            }
        }
    }
}
