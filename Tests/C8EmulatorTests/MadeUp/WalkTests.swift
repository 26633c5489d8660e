import C8Emulator
import C8Platform
import OrderedCollections
import Testing

/// Every operation of the catalogue, called through its binding the way a client calls it. One after another: so many
/// emulators at once would starve the tests that measure time.
@Suite(.serialized) struct WalkTests {
    static let operations = Catalogue.standard.operations.map(\.id).filter { $0 != "auth.get_token" }

    /// A world in which every operation finds what it needs.
    private static func prepare(_ session: Session, _ token: String) async throws {
        let steps: [(OperationID, JSONValue)] = [
            ("products.save", ["productCode": "S-1", "productName": "苹果"]),
            ("dealers.sync", ["dealers": [["dealerCode": "D-1"], ["dealerCode": "D-2"]]]),
            ("stores.sync", ["stores": [["storeCode": "M-1"]]]),
            ("production.orders.create", ["orderNo": "P-1", "productCode": "S-1", "quantity": 100]),
            ("production.orders.create", ["orderNo": "P-2", "productCode": "S-1", "quantity": 1]),
            ("production.offline.upload_codes", ["orderNo": "P-1", "codes": .codes(makeCodes(10))]),
            ("logistics.orders.create", ["orderNo": "L-1", "dealerCode": "D-1"]),
            ("logistics.upload", ["orderNo": "L-1", "codes": .codes(makeCodes(2))]),
            ("members.login_by_openid", ["openid": "o-1"]),
            ("payout.activities.save", ["activityNo": "A-1", "activityName": "n", "gifts": [["giftNo": "G-1"]]]),
            ("payout.recharge.purchase", ["orderNo": "R-1", "giftNo": "G-1", "quantity": 1]),
            ("payout.stock.withdraw", ["withdrawalNo": "W-1", "giftNo": "G-1", "quantity": 1]),
            ("codes.orders.create", ["orderNo": "C-1", "quantity": 3]),
            ("labels.orders.create", ["orderNo": "B-1", "labelNo": "T-1", "quantity": 1]),
        ]
        for (operation, body) in steps {
            let envelope = try await session.call(operation, body, token: token)
            #expect(envelope["code"]?.integerValue == 200, "\(operation): \(envelope)")
        }
    }

    /// The order that an operation is tried with.
    private static func orderNo(_ id: OperationID) -> String {
        switch id.rawValue {
        case "production.orders.create", "logistics.orders.create", "codes.orders.create", "labels.orders.create",
            "payout.recharge.purchase", "production.sync.save_order", "logistics.sync.save_order":
            "NEW-1"
        case "production.orders.delete", "production.sync.delete_order": "P-2"
        case "codes.download_inbound_package": "L-1"
        case let name where name.hasPrefix("production"): "P-1"
        case let name where name.hasPrefix("logistics"): "L-1"
        case let name where name.hasPrefix("codes"): "C-1"
        case let name where name.hasPrefix("labels"): "B-1"
        default: "R-1"
        }
    }

    private static let values: [String: JSONValue] = [
        "productCode": "S-1", "productName": "n", "quantity": 50, "dealerCode": "D-1", "storeCode": "M-1",
        "productCodes": ["S-1"], "dealerCodes": ["D-1"], "products": [["productCode": "S-9"]],
        "dealers": [["dealerCode": "D-9"]], "stores": [["storeCode": "M-9"]], "enabled": true, "principal": "n",
        "manager": "n", "name": "n", "ids": [1], "code": .string(makeCodes(1)[0]), "codes": .codes(makeCodes(2)),
        "children": .codes(makeCodes(2)), "parent": "BOX-1", "captcha": "x", "taskNo": "T-1", "openid": "o-1",
        "winnings": [["winningNo": "W-9"]], "groups": [["groupNo": "G-9"]], "gifts": [["giftNo": "G-9"]],
        "giftNo": "G-1",
        "status": "done", "paymentNo": "Z-1", "amount": 100, "activityNo": "A-1", "activityName": "n",
        "combinationNo": "K-1", "combinationNos": ["K-1"], "labelNo": "T-1", "authorizationNo": "H-1",
        "searchCode": .string(makeCodes(1)[0]), "file": .string(makeCodes(3).joined(separator: "\n")),
    ]

    /// The required fields, each with a value that the prepared world knows.
    private static func body(
        _ binding: Binding, _ session: Session, _ token: String
    ) async throws -> OrderedDictionary<String, JSONValue> {
        var body: OrderedDictionary<String, JSONValue> = [:]
        for (name, field) in binding.request where field.required {
            switch name {
            case "orderNo": body[name] = .string(orderNo(binding.id))
            case "withdrawalNo": body[name] = binding.id == "payout.stock.withdraw" ? "W-9" : "W-1"
            case "orderId":
                body[name] = try await session.call("logistics.orders.get", ["orderNo": "L-1"], token: token)["data"]?[
                    "orderId"]
            case "inspectionNo":
                let made = try await session.call(
                    "diversion.inspect", ["code": .string(makeCodes(1)[0]), "dealerCode": "D-2"], token: token)
                body[name] = made["data"]?["inspectionNo"]
            default: body[name] = values[name]
            }
            #expect(body[name] != nil, "no value for \(name) of \(binding.id)")
        }
        return body
    }

    /// Sends a form where the binding says so, else JSON, and gives the answer.
    private static func send(
        _ binding: Binding, _ body: OrderedDictionary<String, JSONValue>, _ session: Session, _ token: String
    ) async throws -> Probe.Answer {
        let request = try binding.makeRequest(body: .object(body))
        var bytes = try request.body.map { body throws in try JSONSerializer.serialize(body) } ?? []
        var headers = ["Authorization: \(token)"]
        if binding.multipart {
            var form = ""
            for (name, value) in body {
                form += "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value.stringValue ?? "")\r\n"
            }
            bytes = Array((form + "--b--\r\n").utf8)
            headers.append("Content-Type: multipart/form-data; boundary=b")
        }
        return try await session.probe.send(request.method.rawValue, request.target, headers: headers, body: bytes)
    }

    @Test func allButGetTokenAreBound() async throws {
        try await withEmulator { session async throws in
            #expect(Set(session.emulator.bindings.operations) == Set(Self.operations))
            #expect(Self.operations.count == 124)
        }
    }

    @Test(arguments: operations) func anOperationWorksWithItsRequiredFields(operation: OperationID) async throws {
        try await withEmulator { session async throws in
            let token = try await session.token()
            try await Self.prepare(session, token)
            let binding = try #require(session.emulator.bindings[operation])
            #expect(binding.path.text.hasPrefix("/emulator/"))
            #expect(binding.source == "c8run emulator, not the platform")
            let body = try await Self.body(binding, session, token)
            // What a client checks before it sends is what the emulator wants.
            let files: Set<String> = binding.request["file"] == nil ? [] : ["file"]
            let checked = JSONValue.object(body.filter { !files.contains($0.key) })
            #expect(throws: Never.self) { try RequestValidator.check(checked, files: files, against: binding) }
            let answer = try await Self.send(binding, body, session, token)
            #expect(answer.status == 200)
            #expect(answer.head.lowercased().contains("c8run-emulator: made-up"))
            if binding.download {
                #expect(answer.head.contains("attachment; filename="))
                #expect(String(decoding: answer.body, as: UTF8.self).split(separator: "\n").count >= 2)
            } else {
                let envelope = try JSONParser.parse(answer.body)
                #expect(envelope["code"]?.integerValue == 200, "\(envelope)")
                #expect(envelope["data"] != nil)
                if let paging = binding.paging {
                    #expect(envelope["data"]?[paging.items]?.arrayValue != nil)
                    #expect(envelope["data"]?[paging.total]?.integerValue != nil)
                }
            }
        }
    }

    /// What is refused changes nothing, so one world serves for all.
    @Test func aMissingFieldIsNamed() async throws {
        try await withEmulator { session async throws in
            let token = try await session.token()
            try await Self.prepare(session, token)
            for operation in Self.operations {
                let binding = try #require(session.emulator.bindings[operation])
                let body = try await Self.body(binding, session, token)
                for name in body.keys where !binding.path.fieldNames.contains(name) {
                    var rest = body
                    rest.removeValue(forKey: name)
                    let answer = try await Self.send(binding, rest, session, token)
                    let envelope = try JSONParser.parse(answer.body)
                    #expect(envelope["code"]?.integerValue == 99_000_422, "\(operation) without \(name): \(envelope)")
                    #expect(envelope["message"]?.stringValue?.contains(name) == true)
                }
            }
        }
    }

    @Test func nothingIsAnsweredWithoutAToken() async throws {
        try await withEmulator { session async throws in
            for operation in Self.operations {
                let binding = try #require(session.emulator.bindings[operation])
                let names = binding.path.fieldNames.map { ($0, JSONValue.string("x")) }
                let fields = OrderedDictionary<String, JSONValue>(uniqueKeysWithValues: names)
                let answer = try await Self.send(binding, fields, session, "nonsense")
                #expect(try JSONParser.parse(answer.body)["code"]?.integerValue == 20_324_012, "\(operation)")
            }
        }
    }
}
