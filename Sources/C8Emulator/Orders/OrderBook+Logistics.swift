import C8Platform

extension OrderBook {
    func logisticsOrder(_ orderNo: String) throws(Refusal) -> LogisticsOrder {
        guard let order = logistics[orderNo] else { throw .noLogisticsOrder(orderNo) }
        return order
    }

    mutating func createLogisticsOrder(_ fields: Fields, now: Double) throws(Refusal) -> JSONValue {
        let orderNo = try fields.text("orderNo")
        let productionOrderNo = try fields.optionalText("productionOrderNo")
        let dealerCode = try fields.text("dealerCode")
        let type = try fields.optionalText("type")
        guard logistics[orderNo] == nil else { throw .logisticsOrderExists(orderNo) }
        if let productionOrderNo {
            _ = try productionOrder(productionOrderNo)
        }
        let order = LogisticsOrder(
            orderID: identifiers.next(), orderNo: orderNo, productionOrderNo: productionOrderNo,
            dealerCode: dealerCode, type: type, createTime: now)
        logistics[orderNo] = order
        return order.json
    }

    /// Deletes an order that was not completed; its codes are free to be loaded again.
    mutating func deleteLogisticsOrder(_ orderNo: String) throws(Refusal) -> JSONValue {
        let order = try logisticsOrder(orderNo)
        guard order.completeTime == nil else { throw .completedOrderStays(orderNo) }
        for code in order.codes {
            codes[code]?.logisticsOrderNo = nil
        }
        logistics[orderNo] = nil
        return ["orderNo": .string(orderNo)]
    }

    mutating func uploadShippedCodes(_ fields: Fields, to orderNo: String) throws(Refusal) -> JSONValue {
        let batch = try fields.texts("codes")
        let order = try logisticsOrder(orderNo)
        guard order.completeTime == nil else { throw .logisticsOrderCompleted(orderNo) }
        var result = UploadResult()
        for code in batch {
            guard let place = codes[code] else {
                let isWellFormed = UploadResult.isWellFormed(code)
                result.rejected.append((code, isWellFormed ? "数码不存在" : "数码必须是32位字母或数字"))
                continue
            }
            if let expected = order.productionOrderNo, expected != place.productionOrderNo {
                result.rejected.append((code, "数码不属于生产订单\(expected)"))
            } else if let other = place.logisticsOrderNo, other != orderNo {
                result.rejected.append((code, "数码已属于物流订单\(other)"))
            } else if place.logisticsOrderNo != nil {
                result.duplicate += 1
            } else {
                codes[code]?.logisticsOrderNo = orderNo
                result.accepted.append(code)
            }
        }
        logistics[orderNo]?.codes.append(contentsOf: result.accepted)
        return result.json(uploaded: order.codes.count + result.accepted.count)
    }

    mutating func completeLogisticsOrder(_ orderNo: String, now: Double) throws(Refusal) -> JSONValue {
        let order = try logisticsOrder(orderNo)
        guard order.completeTime == nil else { throw .logisticsOrderCompleted(orderNo) }
        guard !order.codes.isEmpty else { throw .logisticsOrderEmpty(orderNo) }
        logistics[orderNo]?.completeTime = now
        return [
            "orderNo": .string(orderNo),
            "status": "completed",
            "codes": .integer(Int64(order.codes.count)),
            "completeTime": .string(WallClock.text(now)),
        ]
    }
}
