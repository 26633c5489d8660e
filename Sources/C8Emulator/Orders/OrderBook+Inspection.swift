import C8Platform
import OrderedCollections

/// Anti-counterfeit, diversion, reports, the lottery and the code centre.
extension OrderBook {
    mutating func performInspection(_ id: OperationID, _ fields: Fields, now: Double) throws(Refusal) -> JSONValue {
        switch id {
        case "antifake.query", "antifake.query_v2", "antifake.query_changpeng", "antifake.query_with_captcha":
            return query(fields, now: now)
        case "antifake.query_combined":
            guard case .object(let verdict) = query(fields, now: now),
                case .object(let place) = association(of: fields.key("code"))
            else { return .null }
            return .object(verdict.merging(place) { own, _ in own })
        case "antifake.list_details", "antifake.list_details_custom", "marketing.reports.scans",
            "reports.inbound_scans":
            let code = fields.members["code"]?.stringValue
            return try Page(fields).data(of: queries.filter { code == nil || $0["code"]?.stringValue == code })
        case "antifake.query_regions": return regions()
        case "diversion.list_settings":
            return ["records": [["name": "dealerMustMatch", "value": true, "remark": "made up by the emulator"]]]
        case "diversion.inspect": return try inspect(fields, now: now)
        case "reports.production":
            return ["records": .array(productionNumbers.compactMap { production[$0]?.json })]
        case "reports.inbound":
            let orders = logistics.values.filter { $0.type == "return" }.sorted { $0.orderID < $1.orderID }
            return ["records": .array(orders.map(\.json))]
        case "reports.cross_query_codes", "codes.melbourne.find_d":
            return ["records": .array(try fields.texts("codes").map { association(of: $0) })]
        case "organizations.find_by_ids":
            let wanted = Set((fields.members["ids"]?.arrayValue ?? []).compactMap(\.integerValue))
            let all = records.records("dealers") + records.records("stores")
            let found = all.filter { $0["id"]?.integerValue.map(wanted.contains) ?? false }
            return ["records": .array(found.map { .object($0) })]
        case "lottery.draw": return draw(fields, now: now)
        case "lottery.find_template": return ["templateNo": "T-1", "name": "made up by the emulator"]
        case "marketing.box_code_participated": return ["participated": .bool(drawn.contains(fields.key("code")))]
        case "payout.activities.delete_gift": return try deleteGift(fields, now: now)
        case "codes.bind": return bind(fields)
        case "codes.orders.list_labels":
            return ["records": [["labelNo": "LABEL-1", "name": "made up by the emulator"]]]
        case "codes.motul.exists": return ["exists": .bool(codes[fields.key("searchCode")] != nil)]
        default: throw .unknownPath
        }
    }

    /// The content of a download.
    func file(_ id: OperationID, _ fields: Fields) throws(Refusal) -> Answer.File {
        let orderNo = fields.key("orderNo")
        var lines: [String]
        if id == "codes.orders.get_printer_package" {
            guard let record = records["codeOrders", orderNo] else { throw .noRecord(orderNo) }
            let quantity = min(100_000, max(0, record["quantity"]?.integerValue ?? 0))
            var generator = SeededGenerator(seed: UInt64(bitPattern: record["id"]?.integerValue ?? 0), stream: 9)
            lines = (0..<quantity).map { _ in generator.hexadecimal(draws: 2).uppercased() }
        } else {
            lines = try logisticsOrder(orderNo).codes
        }
        lines.append("")
        return Answer.File(bytes: Array(lines.joined(separator: "\n").utf8), type: "text/plain", name: "\(orderNo).txt")
    }

    /// Older queries are forgotten: the emulator keeps all in memory.
    private static let mostQueries = 100_000

    private mutating func query(_ fields: Fields, now: Double) -> JSONValue {
        let code = fields.key("code")
        let isGenuine = codes[code] != nil
        var seen = verdicts[code] ?? (count: 0, first: now)
        if isGenuine {
            seen.count += 1
            verdicts[code] = seen
        }
        let verdict: JSONValue = [
            "code": .string(code), "genuine": .bool(isGenuine), "queryCount": .integer(seen.count),
            "firstQueryTime": isGenuine ? .string(WallClock.text(seen.first)) : .null,
            "productCode": association(of: code)["productCode"] ?? .null,
        ]
        if queries.count >= Self.mostQueries { queries.removeFirst(Self.mostQueries / 2) }
        queries.append([
            "code": .string(code), "genuine": .bool(isGenuine), "region": fields.members["region"] ?? .null,
            "queryTime": .string(WallClock.text(now)),
        ])
        return verdict
    }

    private func regions() -> JSONValue {
        var counts: OrderedDictionary<String, Int64> = [:]
        for query in queries { counts[query["region"]?.stringValue ?? "", default: 0] += 1 }
        return ["records": .array(counts.map { ["region": .string($0.key), "count": .integer($0.value)] })]
    }

    /// A code found with another dealer than the one it was shipped to was diverted.
    private mutating func inspect(_ fields: Fields, now: Double) throws(Refusal) -> JSONValue {
        let code = fields.key("code")
        guard let place = codes[code] else { throw .noCode(code) }
        let expected = place.logisticsOrderNo.flatMap { logistics[$0] }?.dealerCode
        let diverted = expected != nil && expected != fields.key("dealerCode")
        let number = "I-\(identifiers.next())"
        return save(
            [
                "inspectionNo": .string(number), "code": .string(code), "diverted": .bool(diverted),
                "expectedDealerCode": expected.map { .string($0) } ?? .null,
                "dealerCode": fields.members["dealerCode"] ?? .null,
            ], key: number, in: "inspections", now: now)
    }

    /// A code draws once; every second code wins.
    private mutating func draw(_ fields: Fields, now: Double) -> JSONValue {
        let code = fields.key("code")
        guard drawn.insert(code).inserted, (code.utf8.last ?? 0) % 2 == 0 else {
            return ["won": false, "prize": nil, "winningNo": nil]
        }
        let number = "W-\(identifiers.next())"
        _ = save(
            [
                "winningNo": .string(number), "openid": fields.members["openid"] ?? .null, "code": .string(code),
                "prize": "G-1",
            ],
            key: number, in: "winnings", now: now)
        return ["won": true, "prize": "G-1", "winningNo": .string(number)]
    }

    private mutating func deleteGift(_ fields: Fields, now: Double) throws(Refusal) -> JSONValue {
        let number = fields.key("activityNo")
        guard var record = records["activities", number] else { throw .noRecord(number) }
        let gifts = record["gifts"]?.arrayValue ?? []
        let rest = gifts.filter { $0["giftNo"]?.keyText != fields.key("giftNo") }
        guard rest.count < gifts.count else { throw .noRecord(fields.key("giftNo")) }
        record["gifts"] = .array(rest)
        return save(record, key: number, in: "activities", now: now)
    }

    private mutating func bind(_ fields: Fields) -> JSONValue {
        let parent = fields.key("parent")
        var bound: Int64 = 0
        var rejected: [JSONValue] = []
        for child in fields.keys("children") {
            let reason: String? =
                codes[child] == nil
                ? "数码不存在" : parents[child].flatMap { $0 == parent ? nil : "数码已绑定\($0)" }
            if let reason {
                rejected.append(["code": .string(child), "reason": .string(reason)])
            } else {
                parents[child] = parent
                bound += 1
            }
        }
        return ["bound": .integer(bound), "rejected": .array(rejected)]
    }
}
