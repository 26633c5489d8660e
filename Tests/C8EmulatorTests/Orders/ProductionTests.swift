import C8Emulator
import C8Platform
import Testing

struct ProductionTests {
    private let create: OperationID = "production.orders.create"
    private let upload: OperationID = "production.offline.upload_codes"

    @Test func anOrderIsCreatedAndReadBack() async throws {
        try await withEmulator { session async throws in
            let token = try await session.token()
            let created = try await session.call(
                create, ["orderNo": "A/1 数", "productCode": "P", "quantity": 500, "batchNo": "B", "remark": "r"],
                token: token)
            #expect(created["code"] == 200)
            let data = try #require(created["data"])
            #expect(data["orderNo"] == "A/1 数")
            #expect(data["status"] == "created")
            #expect(data["quantity"] == 500)
            #expect(data["uploaded"] == 0)
            #expect(data["createTime"] == "2023-03-02 14:10:29", "1677737429 is 06:10:29 UTC")
            #expect("\(try #require(data["orderId"]?.integerValue))".count == 19)
            #expect(try await session.call("production.orders.get", ["orderNo": "A/1 数"], token: token)["data"] == data)
        }
    }

    @Test(
        arguments: [
            (["productCode": "P", "quantity": 1], "参数错误:orderNo 不能为空"),
            (["orderNo": "", "productCode": "P", "quantity": 1], "参数错误:orderNo 不能为空"),
            (["orderNo": 5, "productCode": "P", "quantity": 1], "参数错误:orderNo 必须是字符串"),
            (["orderNo": "A\n", "productCode": "P", "quantity": 1], "参数错误:orderNo 不能包含控制字符"),
            (
                ["orderNo": .string(String(repeating: "A", count: 65)), "productCode": "P", "quantity": 1],
                "参数错误:orderNo 长度不能超过64"
            ),
            (["orderNo": "A", "quantity": 1], "参数错误:productCode 不能为空"),
            (["orderNo": "A", "productCode": "P"], "参数错误:quantity 不能为空"),
            (["orderNo": "A", "productCode": "P", "quantity": 0], "参数错误:quantity 必须在1到1000000000之间"),
            (["orderNo": "A", "productCode": "P", "quantity": -5], "参数错误:quantity 必须在1到1000000000之间"),
            (["orderNo": "A", "productCode": "P", "quantity": 1.5], "参数错误:quantity 必须是整数"),
            (["orderNo": "A", "productCode": "P", "quantity": "5"], "参数错误:quantity 必须是整数"),
        ] as [(JSONValue, String)])
    func aWrongFieldIsNamed(body: JSONValue, message: String) async throws {
        try await withEmulator { session async throws in
            let envelope = try await session.call(create, body, token: session.token())
            #expect(envelope["code"] == 99_000_422)
            #expect(envelope["message"] == .string(message))
            #expect(envelope["data"] == .null)
            #expect(envelope["traceId"]?.stringValue?.count == 36)
        }
    }

    @Test func aNumberIsTakenOnce() async throws {
        try await withEmulator { session async throws in
            let token = try await session.token()
            let order: JSONValue = ["orderNo": "A", "productCode": "P", "quantity": 1]
            #expect(try await session.call(create, order, token: token)["code"] == 200)
            let again = try await session.call(create, order, token: token)
            #expect(again["code"] == 99_001_002)
            #expect(again["message"] == "生产订单已存在:A")
        }
    }

    @Test func codesAreCountedAsNewDuplicateOrRejected() async throws {
        try await withEmulator { session async throws in
            let token = try await session.token()
            for number in ["A", "B"] {
                _ = try await session.call(
                    create, ["orderNo": .string(number), "productCode": "P", "quantity": 5], token: token)
            }
            let codes = makeCodes(4)
            let first = try await session.call(
                upload, ["orderNo": "A", "codes": .codes(codes + [codes[0], "short"])], token: token)
            #expect(
                first["data"] == [
                    "accepted": 4, "duplicate": 1, "rejected": [["code": "short", "reason": "数码必须是32位字母或数字"]],
                    "uploaded": 4,
                ])
            let again = try await session.call(upload, ["orderNo": "A", "codes": .codes(codes)], token: token)
            #expect(
                again["data"] == ["accepted": 0, "duplicate": 4, "rejected": [], "uploaded": 4], "repeating is harmless"
            )
            let other = try await session.call(upload, ["orderNo": "B", "codes": .codes([codes[1]])], token: token)
            #expect(other["data"]?["accepted"] == 0)
            #expect(other["data"]?["rejected"]?[0]?["reason"] == "数码已属于生产订单A")
            #expect(
                try await session.call("production.orders.get", ["orderNo": "A"], token: token)["data"]?["status"]
                    == "producing")
            _ = try await session.call(
                upload, ["orderNo": "A", "codes": .codes(makeCodes(1, series: 9))], token: token)
            #expect(
                try await session.call("production.orders.get", ["orderNo": "A"], token: token)["data"]?["status"]
                    == "completed")
        }
    }

    @Test func moreCodesThanOrderedAreRefusedAndNothingIsKept() async throws {
        try await withEmulator { session async throws in
            let token = try await session.token()
            _ = try await session.call(create, ["orderNo": "A", "productCode": "P", "quantity": 3], token: token)
            _ = try await session.call(upload, ["orderNo": "A", "codes": .codes(makeCodes(2))], token: token)
            let refused = try await session.call(upload, ["orderNo": "A", "codes": .codes(makeCodes(4))], token: token)
            #expect(refused["code"] == 99_001_004)
            #expect(refused["message"] == "上传数码超过生产订单数量:订单数量3,上传后将为4")
            #expect(
                try await session.call("production.orders.get", ["orderNo": "A"], token: token)["data"]?["uploaded"]
                    == 2)
            let fitting = try await session.call(upload, ["orderNo": "A", "codes": .codes(makeCodes(3))], token: token)
            #expect(fitting["data"] == ["accepted": 1, "duplicate": 2, "rejected": [], "uploaded": 3])
        }
    }

    @Test(
        arguments: [
            (["orderNo": "A"], 99_000_422, "参数错误:codes 不能为空"),
            (["orderNo": "A", "codes": []], 99_000_422, "参数错误:codes 不能为空"),
            (["orderNo": "A", "codes": "x"], 99_000_422, "参数错误:codes 必须是数组"),
            (["orderNo": "A", "codes": ["x", 5]], 99_000_422, "参数错误:codes[1] 必须是字符串"),
            (["orderNo": "Z", "codes": ["x"]], 99_001_001, "生产订单不存在:Z"),
        ] as [(JSONValue, Int64, String)])
    func anUploadThatCannotBeReadIsRefused(body: JSONValue, code: Int64, message: String) async throws {
        try await withEmulator { session async throws in
            let token = try await session.token()
            _ = try await session.call(create, ["orderNo": "A", "productCode": "P", "quantity": 1], token: token)
            let envelope = try await session.call(upload, body, token: token)
            #expect(envelope["code"] == .integer(code))
            #expect(envelope["message"] == .string(message))
        }
    }

    @Test func ordersAndCodesAreListedInPages() async throws {
        try await withEmulator { session async throws in
            let token = try await session.token()
            for number in 1...5 {
                _ = try await session.call(
                    create, ["orderNo": .string("N\(number)"), "productCode": "P", "quantity": 25], token: token)
            }
            let codes = makeCodes(25)
            _ = try await session.call(upload, ["orderNo": "N3", "codes": .codes(codes)], token: token)
            let list: OperationID = "production.orders.list"
            let page = try await session.call(list, ["pageNum": 2, "pageSize": 2], token: token)["data"]
            #expect(page?["records"]?.arrayValue?.compactMap { $0["orderNo"] } == ["N3", "N4"])
            #expect(page?["total"] == 5)
            #expect(page?["pageNum"] == 2)
            #expect(page?["pageSize"] == 2)
            #expect(
                try await session.call(list, ["pageNum": 4, "pageSize": 2], token: token)["data"]?["records"] == [])
            #expect(try await session.call(list, ["status": "completed"], token: token)["data"]?["total"] == 1)
            #expect(try await session.call(list, ["pageNum": 0], token: token)["code"] == 99_000_422)
            #expect(try await session.call(list, ["pageSize": 1001], token: token)["code"] == 99_000_422)
            let listed = try await session.call(
                "production.orders.list_codes", ["orderNo": "N3", "pageNum": 2], token: token)["data"]
            #expect(listed?["total"] == 25)
            #expect(listed?["records"]?.arrayValue?.compactMap { $0["code"]?.stringValue } == Array(codes[20...]))
        }
    }

    @Test func anOrderIsDeletedUntilItHasCodes() async throws {
        try await withEmulator { session async throws in
            let token = try await session.token()
            let delete: OperationID = "production.orders.delete"
            let order: JSONValue = ["orderNo": "A", "productCode": "P", "quantity": 1]
            #expect(try await session.call(delete, ["orderNo": "A"], token: token)["code"] == 99_001_001)
            _ = try await session.call(create, order, token: token)
            #expect(try await session.call(delete, ["orderNo": "A"], token: token)["code"] == 200)
            #expect(try await session.call(create, order, token: token)["code"] == 200, "the number is free again")
            _ = try await session.call(upload, ["orderNo": "A", "codes": .codes(makeCodes(1))], token: token)
            #expect(try await session.call(delete, ["orderNo": "A"], token: token)["message"] == "生产订单已上传数码,不能删除:A")
        }
    }

    @Test func parallelUploadsLoseNothing() async throws {
        try await withEmulator { session async throws in
            let token = try await session.token()
            _ = try await session.call(create, ["orderNo": "A", "productCode": "P", "quantity": 2000], token: token)
            let accepted = try await withThrowingTaskGroup(of: Int64.self) { group in
                for batch in 0..<40 {
                    // Each batch is sent twice, by two tasks at once.
                    group.addTask {
                        let codes = makeCodes(50, series: batch / 2)
                        let envelope = try await session.call(
                            upload, ["orderNo": "A", "codes": .codes(codes)], token: token)
                        return envelope["data"]?["accepted"]?.integerValue ?? -1
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(accepted == 1000)
            let order = try await session.call("production.orders.get", ["orderNo": "A"], token: token)["data"]
            #expect(order?["uploaded"] == 1000)
            #expect(session.emulator.requestLog.calls[upload] == 40)
        }
    }
}
