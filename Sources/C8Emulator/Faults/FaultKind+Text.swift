extension FaultKind: CustomStringConvertible {
    /// As the command line has it: `cut-after`, `delay:0.3`.
    package var description: String {
        switch self {
        case .cutRequest: "cut-request"
        case .cutBefore: "cut-before"
        case .cutAfter: "cut-after"
        case .cutAnswer: "cut-answer"
        case .delay(let seconds): "delay:\(seconds)"
        case .slow(let seconds): "slow:\(seconds)"
        case .status(let status): "status:\(status)"
        case .statusAfter(let status): "status-after:\(status)"
        case .envelope(let fault): "envelope:\(fault.rawValue)"
        case .token(let fault): "token:\(fault.rawValue)"
        case .rateLimit: "rate-limit"
        }
    }
}
