import C8Platform

/// What became of one batch of codes. A batch with bad codes is kept without them: they are reported one by one.
struct UploadResult {
    /// New codes, in the order of the batch.
    var accepted: [String] = []
    /// Codes that this order has already, or that come twice in the batch: harmless, so uploads may be repeated.
    var duplicate: Int64 = 0
    var rejected: [(code: String, reason: String)] = []

    /// - Parameter uploaded: how many codes the order has now.
    func json(uploaded: Int) -> JSONValue {
        [
            "accepted": .integer(Int64(accepted.count)),
            "duplicate": .integer(duplicate),
            "rejected": .array(rejected.map { ["code": .string($0.code), "reason": .string($0.reason)] }),
            "uploaded": .integer(Int64(uploaded)),
        ]
    }

    /// Whether a code has the usual form: 32 letters and digits of ASCII.
    static func isWellFormed(_ code: String) -> Bool {
        code.utf8.count == 32
            && code.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"):
                    true
                default: false
                }
            }
    }
}
