import C8Platform

extension OrderBook {
    func productionOrder(_ orderNo: String) throws(Refusal) -> ProductionOrder {
        guard let order = production[orderNo] else { throw .noProductionOrder(orderNo) }
        return order
    }

    mutating func createProductionOrder(_ fields: Fields, now: Double) throws(Refusal) -> JSONValue {
        let orderNo = try fields.text("orderNo")
        let productCode = try fields.text("productCode")
        let quantity = try fields.integer("quantity", in: 1...1_000_000_000)
        let batchNo = try fields.optionalText("batchNo")
        let remark = try fields.optionalText("remark", maximum: 500)
        guard production[orderNo] == nil else { throw .productionOrderExists(orderNo) }
        let order = ProductionOrder(
            orderID: identifiers.next(), orderNo: orderNo, productCode: productCode, quantity: quantity,
            batchNo: batchNo, remark: remark, createTime: now)
        production[orderNo] = order
        productionNumbers.append(orderNo)
        return order.json
    }

    func listProductionOrders(_ fields: Fields) throws(Refusal) -> JSONValue {
        let page = try Page(fields)
        let status = try fields.optionalText("status")
        let orders = productionNumbers.compactMap { production[$0] }.filter { status == nil || $0.status == status }
        return page.data(of: orders.map(\.json))
    }

    mutating func deleteProductionOrder(_ orderNo: String) throws(Refusal) -> JSONValue {
        guard try productionOrder(orderNo).codes.isEmpty else { throw .productionOrderHasCodes(orderNo) }
        production[orderNo] = nil
        productionNumbers.removeAll { $0 == orderNo }
        return ["orderNo": .string(orderNo)]
    }

    mutating func uploadProducedCodes(_ fields: Fields, to orderNo: String) throws(Refusal) -> JSONValue {
        let batch = try fields.texts("codes")
        let order = try productionOrder(orderNo)
        var result = UploadResult()
        var seen: Set<String> = []
        for code in batch {
            if !UploadResult.isWellFormed(code) {
                result.rejected.append((code, "数码必须是32位字母或数字"))
            } else if let place = codes[code], place.productionOrderNo != orderNo {
                result.rejected.append((code, "数码已属于生产订单\(place.productionOrderNo)"))
            } else if codes[code] != nil || !seen.insert(code).inserted {
                result.duplicate += 1
            } else {
                result.accepted.append(code)
            }
        }
        let total = order.codes.count + result.accepted.count
        guard Int64(total) <= order.quantity else {
            throw .tooManyCodes(quantity: order.quantity, would: Int64(total))
        }
        production[orderNo]?.codes.append(contentsOf: result.accepted)
        for code in result.accepted {
            codes[code] = CodePlace(productionOrderNo: orderNo, logisticsOrderNo: nil)
        }
        return result.json(uploaded: total)
    }

    func listProducedCodes(_ fields: Fields, of orderNo: String) throws(Refusal) -> JSONValue {
        let page = try Page(fields)
        let order = try productionOrder(orderNo)
        return page.data(of: order.codes.map { ["code": .string($0)] })
    }
}
