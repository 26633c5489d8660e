/// A refusal of the emulator's own operations: a code and a message for the envelope.
///
/// The codes are the emulator's, from a range that it keeps for itself; the platform's own codes for these operations
/// are not public. With HTTP 200 unless said otherwise:
///
/// | code | message | when |
/// |---|---|---|
/// | 99000400 | 请求体不是有效的JSON | the body is not JSON, or not an object |
/// | 99000404 | 接口不存在 | no such path (HTTP 404) |
/// | 99000405 | 不支持的请求方法 | the path has no such method (HTTP 405) |
/// | 99000413 | 请求体过大 | the body is longer than allowed (HTTP 413) |
/// | 99000422 | 参数错误 | a field is missing, or of the wrong type or range; the message names it |
/// | 99001001 | 生产订单不存在 | no production order has this number |
/// | 99001002 | 生产订单已存在 | create: the number is taken |
/// | 99001003 | 生产订单已上传数码,不能删除 | delete: codes were uploaded |
/// | 99001004 | 上传数码超过生产订单数量 | upload: more codes than the order's quantity; nothing of the batch is kept |
/// | 99002001 | 物流订单不存在 | no logistics order has this number |
/// | 99002002 | 物流订单已存在 | create: the number is taken |
/// | 99002003 | 物流订单已完成 | upload, complete: the order was completed before |
/// | 99002004 | 物流订单没有数码,不能完成 | complete: no code was uploaded |
/// | 99003001 | 记录不存在 | no record has this key |
/// | 99003002 | 记录已存在 | create: the key is taken |
/// | 99004001 | 数码不存在 | no such code |
/// | 99002005 | 物流订单已完成,不能删除 | delete: the order was completed |
struct Refusal: Error, Sendable, Hashable {
    let code: Int64
    let message: String
    /// The HTTP status.
    var status = 200

    static let malformedBody = Refusal(code: 99_000_400, message: "请求体不是有效的JSON")
    static let unknownPath = Refusal(code: 99_000_404, message: "接口不存在", status: 404)
    static let unknownMethod = Refusal(code: 99_000_405, message: "不支持的请求方法", status: 405)
    static let bodyTooLarge = Refusal(code: 99_000_413, message: "请求体过大", status: 413)

    static func field(_ name: String, _ problem: String) -> Refusal {
        Refusal(code: 99_000_422, message: "参数错误:\(name) \(problem)")
    }

    static func noProductionOrder(_ number: String) -> Refusal {
        Refusal(code: 99_001_001, message: "生产订单不存在:\(number)")
    }

    static func productionOrderExists(_ number: String) -> Refusal {
        Refusal(code: 99_001_002, message: "生产订单已存在:\(number)")
    }

    static func productionOrderHasCodes(_ number: String) -> Refusal {
        Refusal(code: 99_001_003, message: "生产订单已上传数码,不能删除:\(number)")
    }

    static func tooManyCodes(quantity: Int64, would: Int64) -> Refusal {
        Refusal(code: 99_001_004, message: "上传数码超过生产订单数量:订单数量\(quantity),上传后将为\(would)")
    }

    static func noLogisticsOrder(_ number: String) -> Refusal {
        Refusal(code: 99_002_001, message: "物流订单不存在:\(number)")
    }

    static func logisticsOrderExists(_ number: String) -> Refusal {
        Refusal(code: 99_002_002, message: "物流订单已存在:\(number)")
    }

    static func logisticsOrderCompleted(_ number: String) -> Refusal {
        Refusal(code: 99_002_003, message: "物流订单已完成:\(number)")
    }

    static func logisticsOrderEmpty(_ number: String) -> Refusal {
        Refusal(code: 99_002_004, message: "物流订单没有数码,不能完成:\(number)")
    }

    static func noRecord(_ key: String) -> Refusal { Refusal(code: 99_003_001, message: "记录不存在:\(key)") }

    static func recordExists(_ key: String) -> Refusal { Refusal(code: 99_003_002, message: "记录已存在:\(key)") }

    static func noCode(_ code: String) -> Refusal { Refusal(code: 99_004_001, message: "数码不存在:\(code)") }

    static func completedOrderStays(_ number: String) -> Refusal {
        Refusal(code: 99_002_005, message: "物流订单已完成,不能删除:\(number)")
    }
}
