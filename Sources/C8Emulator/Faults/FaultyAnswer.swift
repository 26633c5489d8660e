import C8Platform
import OrderedCollections

/// Answers as faults make them.
enum FaultyAnswer {
    /// What a gateway in front of the platform says when it has no answer.
    static func page(_ status: Int, retryAfter: Int? = nil) -> OutgoingAnswer {
        let text =
            "<html>\r\n<head><title>\(status)</title></head>\r\n<body><center><h1>\(status)</h1></center></body>\r\n</html>\r\n"
        return OutgoingAnswer(
            status: status, type: "text/html", fileName: nil, isDocumented: false, body: Array(text.utf8),
            retryAfter: retryAfter)
    }

    /// The given answer in a form that is not the documented one.
    static func misshapen(_ answer: OutgoingAnswer, _ fault: FaultKind.EnvelopeFault) -> OutgoingAnswer {
        var answer = answer
        guard fault != .html else { return page(200) }
        switch fault {
        case .html, .empty: answer.body = []
        case .truncated: answer.body = Array(answer.body.prefix(answer.body.count / 2))
        case .bom: answer.body = [0xEF, 0xBB, 0xBF] + answer.body
        case .codeless, .textCode, .extra:
            guard case .object(var members) = (try? JSONParser.parse(answer.body)) ?? .null else { return answer }
            switch fault {
            case .codeless: members["code"] = nil
            case .textCode: members["code"] = members["code"]?.integerValue.map { .string("\($0)") }
            default:
                members["unheardOf"] = ["list": [1, "二", nil]]
                members["hugeNumber"] = .number(1.8446744073709552e30)
            }
            answer.body = (try? JSONSerializer.serialize(.object(members))) ?? []
        }
        return answer
    }

    /// A token's refusal.
    static func refusal(_ fault: FaultKind.TokenFault) -> Answer {
        switch fault {
        case .invalid: .documented(20_324_012, "AccessToken无效")
        case .expired: .documented(20_324_013, "AccessToken已过期")
        case .meta: Answer(code: 401, message: "无效的token,请重新认证", meta: ["status": 401])
        case .http: Answer(status: 401, code: 401, message: "Unauthorized")
        }
    }
}
