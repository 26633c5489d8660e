import C8Platform
import OrderedCollections

/// The operations of the traceability core beyond the first eleven: all of them on the same orders and codes.
extension OrderBook {
    mutating func performCore(_ id: OperationID, _ fields: Fields, now: Double) throws(Refusal) -> JSONValue {
        let orderNo = fields.key("orderNo")
        switch id {
        case "production.orders.update": return try updateProductionOrder(fields)
        case "production.tasks.create": return try createTask(fields, now: now)
        case "production.orders.stats": return productionStatistics(fields)
        case "production.files.upload": return try uploadProducedCodes(fields.readingLines(), to: orderNo)
        case "production.sync.save_order": return try syncProductionOrder(fields, now: now)
        case "production.sync.delete_order": return try deleteProductionOrder(orderNo)
        case "logistics.orders.list_scans", "logistics.offline.list_codes": return try shippedCodes(fields, of: orderNo)
        case "logistics.orders.reset_status": return try resetLogisticsOrder(orderNo)
        case "logistics.execution.complete": return try completeLogisticsOrder(orderNo, now: now)
        case "logistics.execution.pull":
            return try logisticsOrders(fields) { $0.completeTime == nil && !$0.isCancelled }
        case "logistics.execution.scan", "logistics.upload": return try uploadShippedCodes(fields, to: orderNo)
        case "logistics.execution.delete_codes": return try deleteShippedCodes(fields, from: orderNo)
        case "logistics.execution.cancel": return try cancelLogisticsOrder(orderNo)
        case "logistics.files.upload": return try uploadShippedCodes(fields.readingLines(), to: orderNo)
        case "logistics.orders.get_by_id": return try logisticsOrder(id: fields.key("orderId")).json
        case "logistics.orders.update": return try updateLogisticsOrder(fields)
        case "logistics.outbound.list": return try logisticsOrders(fields) { $0.type != "return" }
        case "logistics.returns.list": return try logisticsOrders(fields) { $0.type == "return" }
        case "logistics.inventory.summary": return stockSummary()
        case "logistics.offline.get_task": return try logisticsOrder(orderNo).json
        case "logistics.sync.save_order": return try syncLogisticsOrder(fields, now: now)
        case "logistics.sync.delete_order": return try deleteLogisticsOrder(orderNo)
        case "logistics.codes.relations":
            return try Page(fields).data(of: try logisticsOrder(orderNo).codes.map { association(of: $0) })
        case "logistics.codes.associations": return try knownAssociation(fields.key("code"))
        default: return try performInspection(id, fields, now: now)
        }
    }

    // MARK: Production

    private mutating func updateProductionOrder(_ fields: Fields) throws(Refusal) -> JSONValue {
        var order = try productionOrder(fields.key("orderNo"))
        if let quantity = fields.members["quantity"]?.integerValue {
            guard quantity >= 1 else { throw .field("quantity", "必须大于0") }
            guard quantity >= Int64(order.codes.count) else {
                throw .tooManyCodes(quantity: quantity, would: Int64(order.codes.count))
            }
            order.quantity = quantity
        }
        if let batch = try fields.optionalText("batchNo") { order.batchNo = batch }
        if let remark = try fields.optionalText("remark", maximum: 500) { order.remark = remark }
        production[order.orderNo] = order
        return order.json
    }

    private mutating func syncProductionOrder(_ fields: Fields, now: Double) throws(Refusal) -> JSONValue {
        if production[fields.key("orderNo")] == nil { return try createProductionOrder(fields, now: now) }
        return try updateProductionOrder(fields)
    }

    private mutating func createTask(_ fields: Fields, now: Double) throws(Refusal) -> JSONValue {
        _ = try productionOrder(fields.key("orderNo"))
        let taskNo = fields.key("taskNo")
        if records["tasks", taskNo] != nil { throw .recordExists(taskNo) }
        return save(fields.members, key: taskNo, in: "tasks", now: now)
    }

    private func productionStatistics(_ fields: Fields) -> JSONValue {
        let status = fields.members["status"]?.stringValue ?? ""
        let orders = production.values.filter { status.isEmpty || $0.status == status }
        return [
            "orders": .integer(Int64(orders.count)),
            "quantity": .integer(orders.reduce(0) { $0 + $1.quantity }),
            "uploaded": .integer(orders.reduce(0) { $0 + Int64($1.codes.count) }),
        ]
    }

    // MARK: Logistics

    private func shippedCodes(_ fields: Fields, of orderNo: String) throws(Refusal) -> JSONValue {
        let page = try Page(fields)
        return page.data(of: try logisticsOrder(orderNo).codes.map { ["code": .string($0)] })
    }

    private mutating func resetLogisticsOrder(_ orderNo: String) throws(Refusal) -> JSONValue {
        var order = try logisticsOrder(orderNo)
        order.completeTime = nil
        order.isCancelled = false
        logistics[orderNo] = order
        return order.json
    }

    private mutating func cancelLogisticsOrder(_ orderNo: String) throws(Refusal) -> JSONValue {
        var order = try logisticsOrder(orderNo)
        guard order.completeTime == nil else { throw .logisticsOrderCompleted(orderNo) }
        for code in order.codes { codes[code]?.logisticsOrderNo = nil }
        order.codes = []
        order.isCancelled = true
        logistics[orderNo] = order
        return order.json
    }

    private mutating func deleteShippedCodes(_ fields: Fields, from orderNo: String) throws(Refusal) -> JSONValue {
        var order = try logisticsOrder(orderNo)
        guard order.completeTime == nil else { throw .logisticsOrderCompleted(orderNo) }
        let unwanted = Set(try fields.texts("codes"))
        let before = order.codes.count
        for code in order.codes where unwanted.contains(code) { codes[code]?.logisticsOrderNo = nil }
        order.codes.removeAll { unwanted.contains($0) }
        logistics[orderNo] = order
        return [
            "deleted": .integer(Int64(before - order.codes.count)), "uploaded": .integer(Int64(order.codes.count)),
        ]
    }

    private mutating func updateLogisticsOrder(_ fields: Fields) throws(Refusal) -> JSONValue {
        var order = try logisticsOrder(fields.key("orderNo"))
        guard order.completeTime == nil else { throw .logisticsOrderCompleted(order.orderNo) }
        if let dealer = try fields.optionalText("dealerCode") { order.dealerCode = dealer }
        if let type = try fields.optionalText("type") { order.type = type }
        logistics[order.orderNo] = order
        return order.json
    }

    private mutating func syncLogisticsOrder(_ fields: Fields, now: Double) throws(Refusal) -> JSONValue {
        if logistics[fields.key("orderNo")] == nil { return try createLogisticsOrder(fields, now: now) }
        return try updateLogisticsOrder(fields)
    }

    private func logisticsOrder(id: String) throws(Refusal) -> LogisticsOrder {
        guard let order = logistics.values.first(where: { String($0.orderID) == id }) else {
            throw .noLogisticsOrder(id)
        }
        return order
    }

    private func logisticsOrders(
        _ fields: Fields, _ matches: (LogisticsOrder) -> Bool
    ) throws(Refusal) -> JSONValue {
        let page = try Page(fields)
        let dealer = try fields.optionalText("dealerCode")
        let found = logistics.values.filter { (dealer == nil || $0.dealerCode == dealer) && matches($0) }
        // The numbers grow with time.
        return page.data(of: found.sorted { $0.orderID < $1.orderID }.map(\.json))
    }

    private func stockSummary() -> JSONValue {
        var (loading, shipped) = (0, 0)
        for order in logistics.values {
            if order.completeTime == nil { loading += order.codes.count } else { shipped += order.codes.count }
        }
        return [
            "produced": .integer(Int64(codes.count)), "loading": .integer(Int64(loading)),
            "shipped": .integer(Int64(shipped)), "inStock": .integer(Int64(codes.count - loading - shipped)),
        ]
    }

    // MARK: Codes

    /// What is known of a code; null for what it has not.
    func association(of code: String) -> JSONValue {
        let place = codes[code]
        let shipment = place?.logisticsOrderNo
        return [
            "code": .string(code),
            "parent": parents[code].map { .string($0) } ?? .null,
            "productionOrderNo": place.map { .string($0.productionOrderNo) } ?? .null,
            "productCode": place.flatMap { production[$0.productionOrderNo] }.map { .string($0.productCode) } ?? .null,
            "logisticsOrderNo": shipment.map { .string($0) } ?? .null,
            "dealerCode": shipment.flatMap { logistics[$0] }.map { .string($0.dealerCode) } ?? .null,
        ]
    }

    private func knownAssociation(_ code: String) throws(Refusal) -> JSONValue {
        guard codes[code] != nil else { throw .noCode(code) }
        return association(of: code)
    }
}

extension Fields {
    /// The lines of the form's file as the field `codes`.
    fileprivate func readingLines() -> Fields {
        var members = members
        let lines = (members["file"]?.stringValue ?? "").split(whereSeparator: \.isNewline)
        members["codes"] = .array(lines.map { .string(String($0.filter { !$0.isWhitespace })) })
        return Fields(members)
    }
}
