import C8Platform

/// A production order with the codes that were uploaded to it.
struct ProductionOrder: Sendable {
    let orderID: Int64
    let orderNo: String
    let productCode: String
    var quantity: Int64
    var batchNo: String?
    var remark: String?
    let createTime: Double
    /// In the order of their upload.
    var codes: [String] = []

    /// `created` without codes, `producing` with some, `completed` with as many as ordered.
    var status: String {
        codes.isEmpty ? "created" : Int64(codes.count) < quantity ? "producing" : "completed"
    }

    var json: JSONValue {
        [
            "orderId": .integer(orderID),
            "orderNo": .string(orderNo),
            "productCode": .string(productCode),
            "status": .string(status),
            "quantity": .integer(quantity),
            "uploaded": .integer(Int64(codes.count)),
            "batchNo": batchNo.map { .string($0) } ?? .null,
            "remark": remark.map { .string($0) } ?? .null,
            "createTime": .string(WallClock.text(createTime)),
        ]
    }
}
