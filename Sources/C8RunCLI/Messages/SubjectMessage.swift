/// What `c8run doctor` looks at, as people read it: the raw values are the names in its JSON.
enum SubjectMessage: String, MessageKey {
    case configuration, bindings, secret, state, interpreter, reachability, clock, token, needs
    case files = "kernel files"
    case ports = "kernel ports"
    case processes = "kernel processes"
    case privileges = "kernel privileges"

    var message: Message {
        switch self {
        case .configuration: Message(rawValue, "配置")
        case .bindings: Message(rawValue, "绑定文件")
        case .secret: Message(rawValue, "密钥")
        case .state: Message(rawValue, "状态目录")
        case .interpreter: Message(rawValue, "解释器")
        case .reachability: Message(rawValue, "连通性")
        case .clock: Message(rawValue, "时钟")
        case .token: Message(rawValue, "令牌")
        case .needs: Message(rawValue, "所需权限")
        case .files: Message(rawValue, "内核沙箱：文件")
        case .ports: Message(rawValue, "内核沙箱：端口")
        case .processes: Message(rawValue, "内核沙箱：进程")
        case .privileges: Message(rawValue, "内核沙箱：特权")
        }
    }
}
