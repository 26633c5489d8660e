import C8Emulator
import C8Platform
import Testing

struct LogisticsTests {
    private let create: OperationID = "logistics.orders.create"
    private let upload: OperationID = "logistics.offline.upload_codes"
    private let complete: OperationID = "logistics.orders.complete"
    private let delete: OperationID = "logistics.orders.delete"
    private let get: OperationID = "logistics.orders.get"

    /// A session with a token and two production orders, `P1` and `P2`, of three codes each.
    private func withProducts(_ body: (Session, String) async throws -> Void) async throws {
        try await withEmulator { session async throws in
            let token = try await session.token()
            for (series, number) in [(1, "P1"), (2, "P2")] {
                _ = try await session.call(
                    "production.orders.create", ["orderNo": .string(number), "productCode": "X", "quantity": 3],
                    token: token)
                _ = try await session.call(
                    "production.offline.upload_codes",
                    ["orderNo": .string(number), "codes": .codes(makeCodes(3, series: series))], token: token)
            }
            try await body(session, token)
        }
    }

    @Test func theWholeWayFromProductionToTheDealer() async throws {
        try await withProducts { session, token async throws in
            let created = try await session.call(
                create, ["orderNo": "L", "productionOrderNo": "P1", "dealerCode": "D", "type": "T"], token: token)[
                    "data"]
            #expect(created?["status"] == "created")
            #expect(created?["productionOrderNo"] == "P1")
            #expect("\(try #require(created?["orderId"]?.integerValue))".count == 19)
            let loaded = try await session.call(
                upload, ["orderNo": "L", "codes": .codes(makeCodes(3, series: 1))], token: token)
            #expect(loaded["data"] == ["accepted": 3, "duplicate": 0, "rejected": [], "uploaded": 3])
            #expect(try await session.call(get, ["orderNo": "L"], token: token)["data"]?["status"] == "loading")
            let completed = try await session.call(complete, ["orderNo": "L"], token: token)
            #expect(
                completed["data"] == [
                    "orderNo": "L", "status": "completed", "codes": 3, "completeTime": "2023-03-02 14:10:29",
                ])
            let order = try await session.call(get, ["orderNo": "L"], token: token)["data"]
            #expect(order?["status"] == "completed")
            #expect(order?["completeTime"] == "2023-03-02 14:10:29")
        }
    }

    @Test func aCompletedOrderIsClosed() async throws {
        try await withProducts { session, token async throws in
            _ = try await session.call(create, ["orderNo": "L", "dealerCode": "D"], token: token)
            let empty = try await session.call(complete, ["orderNo": "L"], token: token)
            #expect(empty["code"] == 99_002_004)
            #expect(empty["message"] == "物流订单没有数码,不能完成:L")
            let codes: JSONValue = .codes(makeCodes(3, series: 1))
            _ = try await session.call(upload, ["orderNo": "L", "codes": codes], token: token)
            #expect(try await session.call(complete, ["orderNo": "L"], token: token)["code"] == 200)
            let again = try await session.call(complete, ["orderNo": "L"], token: token)
            #expect(again["code"] == 99_002_003)
            #expect(again["message"] == "物流订单已完成:L")
            #expect(again["data"] == .null)
            #expect(
                try await session.call(upload, ["orderNo": "L", "codes": codes], token: token)["code"] == 99_002_003)
            #expect(try await session.call(delete, ["orderNo": "L"], token: token)["code"] == 99_002_005)
        }
    }

    @Test func onlyCodesOfProductionAreLoadedAndEachOnce() async throws {
        try await withProducts { session, token async throws in
            _ = try await session.call(
                create, ["orderNo": "L1", "productionOrderNo": "P1", "dealerCode": "D"], token: token)
            _ = try await session.call(create, ["orderNo": "L2", "dealerCode": "D"], token: token)
            let (own, foreign, unknown) = (
                makeCodes(1, series: 1)[0], makeCodes(1, series: 2)[0], makeCodes(1, series: 3)[0]
            )
            let result = try await session.call(
                upload, ["orderNo": "L1", "codes": .codes([own, own, foreign, unknown, "bad"])], token: token)["data"]
            #expect(result?["accepted"] == 1)
            #expect(result?["duplicate"] == 1)
            #expect(
                result?["rejected"] == [
                    ["code": .string(foreign), "reason": "数码不属于生产订单P1"], ["code": .string(unknown), "reason": "数码不存在"],
                    ["code": "bad", "reason": "数码必须是32位字母或数字"],
                ])
            let second = try await session.call(
                upload, ["orderNo": "L2", "codes": .codes([own, foreign])], token: token)["data"]
            #expect(second?["accepted"] == 1)
            #expect(second?["rejected"]?[0]?["reason"] == "数码已属于物流订单L1")
        }
    }

    @Test func deletingAnOrderFreesItsCodes() async throws {
        try await withProducts { session, token async throws in
            let codes: JSONValue = .codes(makeCodes(3, series: 1))
            _ = try await session.call(create, ["orderNo": "L1", "dealerCode": "D"], token: token)
            _ = try await session.call(upload, ["orderNo": "L1", "codes": codes], token: token)
            #expect(try await session.call(delete, ["orderNo": "L1"], token: token)["code"] == 200)
            #expect(try await session.call(get, ["orderNo": "L1"], token: token)["code"] == 99_002_001)
            _ = try await session.call(create, ["orderNo": "L2", "dealerCode": "D"], token: token)
            #expect(
                try await session.call(upload, ["orderNo": "L2", "codes": codes], token: token)["data"]?["accepted"]
                    == 3)
        }
    }

    @Test(
        arguments: [
            ("logistics.orders.create", ["orderNo": "L"], 99_000_422),
            ("logistics.orders.create", ["dealerCode": "D"], 99_000_422),
            ("logistics.orders.create", ["orderNo": "L", "dealerCode": "D", "productionOrderNo": "none"], 99_001_001),
            ("logistics.orders.create", ["orderNo": "taken", "dealerCode": "D"], 99_002_002),
            ("logistics.orders.get", ["orderNo": "none"], 99_002_001),
            ("logistics.orders.delete", ["orderNo": "none"], 99_002_001),
            ("logistics.orders.complete", ["orderNo": "none"], 99_002_001),
            ("logistics.offline.upload_codes", ["orderNo": "none", "codes": ["x"]], 99_002_001),
            ("logistics.offline.upload_codes", ["orderNo": "taken", "codes": []], 99_000_422),
        ] as [(OperationID, JSONValue, Int64)])
    func refusalsHaveTheirCodes(operation: OperationID, body: JSONValue, code: Int64) async throws {
        try await withProducts { session, token async throws in
            _ = try await session.call(create, ["orderNo": "taken", "dealerCode": "D"], token: token)
            let envelope = try await session.call(operation, body, token: token)
            #expect(envelope["code"] == .integer(code))
            #expect(envelope["message"]?.stringValue?.contains { !$0.isASCII } == true, "in Chinese")
        }
    }
}
