import C8Emulator
import C8Platform
import Testing

/// What a host that leases scripts is asked before they change something.
@Suite(.timeLimit(.minutes(2))) struct WriteGuardTests {
    /// Codes that are uploaded in batches of ten, one after the other; prints how it ends.
    private static func upload(_ effect: String) -> (source: String, bindings: String) {
        let source = """
            pcall(c8.production.orders.create, {orderNo = 'PO', productCode = 'S', quantity = 1000})
            local rows = {} for i = 1, 100 do rows[i] = ('%032d'):format(i) end
            local ok, e = pcall(c8.upload, {operation = 'production.offline.upload_codes', rows = rows, field = 'codes',
              body = {orderNo = 'PO'}, batch = 10, concurrency = 1})
            print(ok, not ok and e.message)
            """
        let bindings = """
            {"version": 1, "operations": {"production.offline.upload_codes": {"method": "POST",
              "path": "/emulator/production/orders/{orderNo}/codes", "effect": "\(effect)",
              "request": {"orderNo": {"type": "string", "required": true},
                          "codes": {"type": "array", "required": true, "items": {"type": "string"}}}}}}
            """
        return (source, bindings)
    }

    private static let uploads: OperationID = "production.offline.upload_codes"

    @Test(arguments: ["write", "idempotent"])
    func uploadAsksBeforeEachBatchAndSendsNoneOnceTheLeaseIsGone(effect: String) async throws {
        let (source, bindings) = Self.upload(effect)
        var script = PlatformScript()
        script.tokenInterval = .zero
        script.bindings = bindings
        // The order, then three of ten batches.
        let lease = LeaseGuard(limit: 4)
        script.writeGuard = lease
        let outcome = try await script.run(source)
        #expect(outcome.printed.hasPrefix("false\t"), "\(outcome.printed)")
        #expect(outcome.printed.contains("the lease is somebody else's"), "\(outcome.printed)")
        #expect(outcome.calls[Self.uploads] == 3)
    }

    @Test(arguments: ["write", "idempotent"])
    func uploadIsToldOfOnceAndAskedForEachBatch(effect: String) async throws {
        let (source, bindings) = Self.upload(effect)
        var script = PlatformScript()
        script.tokenInterval = .zero
        script.bindings = bindings
        let lease = LeaseGuard()
        script.writeGuard = lease
        let outcome = try await script.run(source)
        #expect(outcome.printed == "true\tfalse\n")
        #expect(outcome.calls[Self.uploads] == 10)
        #expect(lease.questions == 11)
        #expect(lease.words.count { $0.hasSuffix("upload_codes") } == 1, "\(lease.words)")
    }

    /// A call that finds its token at hand goes a shorter way, though not past whoever must know of it.
    @Test func everyWriteIsToldOfAlsoWithATokenAtHand() async throws {
        var script = PlatformScript()
        let lease = LeaseGuard()
        script.writeGuard = lease
        _ = try await script.run(
            """
            c8.production.orders.list{}
            for i = 1, 3 do c8.production.orders.create{orderNo = 'PO-' .. i, productCode = 'S', quantity = 5} end
            c8.production.orders.list{}
            """)
        #expect(
            lease.words == Array(repeating: ["write production.orders.create", "wrote"], count: 3).flatMap(\.self))
        #expect(lease.questions == 3)
    }
}
