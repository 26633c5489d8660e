/// What became of a write, in words: the raw values are those of an error's `outcome` in Lua.
enum OutcomeMessage: String, MessageKey {
    case notSent = "not_sent"
    case rejected
    case unknown

    var message: Message {
        switch self {
        case .notSent: Message("not sent: safe to repeat", "未发送（not_sent）：可以安全重试")
        case .rejected:
            Message("rejected: the platform said no, and did nothing", "已被平台拒绝（rejected）：平台没有执行")
        case .unknown: Message("unknown: it may have taken place", "未知（unknown）：可能已经执行")
        }
    }
}
