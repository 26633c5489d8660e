import C8Emulator
import C8Platform
import Testing

/// The rules of the traceability core and of the store beside it.
struct RuleTests {
    private struct World: Sendable {
        let session: Session
        let token: String

        func call(_ id: OperationID, _ body: JSONValue) async throws -> JSONValue {
            try await session.call(id, body, token: token)
        }

        func data(_ id: OperationID, _ body: JSONValue) async throws -> JSONValue {
            let envelope = try await call(id, body)
            #expect(envelope["code"]?.integerValue == 200, "\(id): \(envelope)")
            return envelope["data"] ?? .null
        }

        func code(_ id: OperationID, _ body: JSONValue) async throws -> Int64? {
            try await call(id, body)["code"]?.integerValue
        }
    }

    private func withWorld(_ body: (World) async throws -> Void) async throws {
        try await withEmulator { session async throws in
            try await body(World(session: session, token: try await session.token()))
        }
    }

    @Test func whatIsSavedIsFoundListedAndDeleted() async throws {
        try await withWorld { world async throws in
            for number in 1...25 {
                _ = try await world.data(
                    "products.save", ["productCode": .string("S-\(number)"), "productName": "n", "unit": "箱"])
            }
            let id = try await world.data("products.get", ["productCode": "S-3"])["id"]
            _ = try await world.data("products.save_v3", ["productCode": "S-3", "productName": "other"])
            let record = try await world.data("products.get", ["productCode": "S-3"])
            #expect(record["productName"] == "other" && record["unit"] == "箱" && record["id"] == id)
            let page = try await world.data("products.list_v3", ["pageNum": 3, "pageSize": 10])
            #expect(page["total"] == 25 && page["records"]?.arrayValue?.count == 5)
            _ = try await world.data("products.disable_batch_v3", ["productCodes": ["S-1", "S-2"]])
            #expect(try await world.data("products.list_v3", ["enabled": false])["total"] == 2)
            #expect(
                try await world.data("products.delete_batch_v3", ["productCodes": ["S-1", "S-99"]])["deleted"] == 1)
            #expect(try await world.code("products.get", ["productCode": "S-1"]) == 99_003_001)
            let found = try await world.data("products.find_by_codes_v3", ["productCodes": ["S-2", "S-1"]])
            #expect(found["records"]?.arrayValue?.count == 1 && found["missing"] == ["S-1"])
        }
    }

    @Test func aBrokenBatchLeavesTheStoreAsItWas() async throws {
        try await withWorld { world async throws in
            #expect(
                try await world.code("dealers.sync", ["dealers": [["dealerCode": "D-1"], ["name": "x"]]]) == 99_000_422)
            #expect(try await world.data("dealers.count", [:])["count"] == 0)
            #expect(
                try await world.code("dealers.set_enabled_batch", ["dealerCodes": ["D-1"], "enabled": false])
                    == 99_003_001)
        }
    }

    @Test func aCodeIsFollowedFromProductionToInspection() async throws {
        try await withWorld { world async throws in
            let codes = makeCodes(4)
            _ = try await world.data("production.sync.save_order", ["orderNo": "P", "productCode": "S", "quantity": 4])
            _ = try await world.data("production.offline.upload_codes", ["orderNo": "P", "codes": .codes(codes)])
            _ = try await world.data("codes.bind", ["parent": "BOX", "children": .codes(Array(codes[..<2]))])
            let again = try await world.data(
                "codes.bind", ["parent": "OTHER", "children": .codes([codes[0], "unknown"])])
            #expect(again["bound"] == 0 && again["rejected"]?.arrayValue?.count == 2)
            _ = try await world.data("logistics.sync.save_order", ["orderNo": "L", "dealerCode": "D-1"])
            _ = try await world.data("logistics.execution.scan", ["orderNo": "L", "codes": .codes(Array(codes[..<3]))])
            #expect(
                try await world.data(
                    "logistics.execution.delete_codes", ["orderNo": "L", "codes": .codes([codes[2]])])["deleted"] == 1)
            let place = try await world.data("logistics.codes.associations", ["code": .string(codes[0])])
            #expect(place["parent"] == "BOX" && place["productCode"] == "S" && place["dealerCode"] == "D-1")
            #expect(try await world.code("logistics.codes.associations", ["code": "nothing"]) == 99_004_001)
            for (dealer, diverted) in [("D-1", false), ("D-2", true)] {
                let made = try await world.data(
                    "diversion.inspect", ["code": .string(codes[0]), "dealerCode": .string(dealer)])
                #expect(made["diverted"] == .bool(diverted))
            }
            #expect(try await world.data("diversion.list_history", ["code": .string(codes[0])])["total"] == 2)
            let stock = try await world.data("logistics.inventory.summary", [:])
            #expect(stock["produced"] == 4 && stock["loading"] == 2 && stock["inStock"] == 2)
            _ = try await world.data("logistics.execution.complete", ["orderNo": "L"])
            #expect(try await world.code("logistics.execution.cancel", ["orderNo": "L"]) == 99_002_003)
            _ = try await world.data("logistics.orders.reset_status", ["orderNo": "L"])
            #expect(try await world.data("logistics.execution.cancel", ["orderNo": "L"])["status"] == "cancelled")
            #expect(try await world.data("logistics.inventory.summary", [:])["inStock"] == 4)
        }
    }

    @Test func aVerificationIsCountedAndAnUnknownCodeIsNot() async throws {
        try await withWorld { world async throws in
            _ = try await world.data("production.orders.create", ["orderNo": "P", "productCode": "S", "quantity": 1])
            _ = try await world.data(
                "production.offline.upload_codes", ["orderNo": "P", "codes": .codes(makeCodes(1))])
            let body: JSONValue = ["code": .string(makeCodes(1)[0]), "region": "上海"]
            #expect(try await world.data("antifake.query", body)["queryCount"] == 1)
            #expect(try await world.data("antifake.query_v2", body)["queryCount"] == 2)
            let unknown = try await world.data("antifake.query", ["code": "nothing"])
            #expect(unknown["genuine"] == false && unknown["queryCount"] == 0)
            #expect(try await world.data("antifake.list_details", [:])["total"] == 3)
            let regions = try await world.data("antifake.query_regions", [:])
            #expect(regions["records"]?[0] == ["region": "上海", "count": 2])
        }
    }

    @Test func aQuantityIsNotSetBelowWhatWasUploaded() async throws {
        try await withWorld { world async throws in
            _ = try await world.data("production.orders.create", ["orderNo": "P", "productCode": "S", "quantity": 5])
            _ = try await world.data(
                "production.offline.upload_codes", ["orderNo": "P", "codes": .codes(makeCodes(3))])
            #expect(try await world.code("production.orders.update", ["orderNo": "P", "quantity": 2]) == 99_001_004)
            #expect(
                try await world.data("production.orders.update", ["orderNo": "P", "quantity": 3])["status"]
                    == "completed")
            #expect(try await world.code("production.sync.delete_order", ["orderNo": "P"]) == 99_001_003)
        }
    }

    @Test(arguments: [
        "", "--b", "--b\r\n\r\n--b--", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"orderNo\"\r\n\r\nP", "--b--", "--c\r\n\r\n\r\n--c--",
    ])
    func aBrokenFormIsRefused(body: String) async throws {
        try await withWorld { world async throws in
            let answer = try await world.session.probe.send(
                "POST", "/emulator/production/files/upload",
                headers: ["Authorization: \(world.token)", "Content-Type: multipart/form-data; boundary=b"],
                body: Array(body.utf8))
            let code = try JSONParser.parse(answer.body)["code"]?.integerValue
            #expect(code == 99_000_400 || code == 99_000_422)
        }
    }
}
