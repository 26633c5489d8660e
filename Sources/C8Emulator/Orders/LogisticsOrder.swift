import C8Platform

/// A logistics order: codes on their way to a dealer.
struct LogisticsOrder: Sendable {
    let orderID: Int64
    let orderNo: String
    /// When set, only codes of this production order may be loaded.
    let productionOrderNo: String?
    var dealerCode: String
    var type: String?
    let createTime: Double
    /// In the order of their upload.
    var codes: [String] = []
    var completeTime: Double?
    var isCancelled = false

    /// `created` without codes, `loading` with some, then `completed`; or `cancelled`.
    var status: String {
        isCancelled ? "cancelled" : completeTime != nil ? "completed" : codes.isEmpty ? "created" : "loading"
    }

    var json: JSONValue {
        [
            "orderId": .integer(orderID),
            "orderNo": .string(orderNo),
            "productionOrderNo": productionOrderNo.map { .string($0) } ?? .null,
            "dealerCode": .string(dealerCode),
            "type": type.map { .string($0) } ?? .null,
            "status": .string(status),
            "codes": .integer(Int64(codes.count)),
            "createTime": .string(WallClock.text(createTime)),
            "completeTime": completeTime.map { .string(WallClock.text($0)) } ?? .null,
        ]
    }
}
