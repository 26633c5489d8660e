/// What `c8run doctor` found.
enum FindingMessage: MessageKey {
    case needsNothing, needsOptions, needsGranted, needsMore
    case settings, secretUnset, literalSecret, environmentSecret, fileSecret, commandSecret
    case stateNotMade, stateToBeMade, stateNoFolder, stateReadOnly, stateOpen
    case soundInterpreter, closedConcatenation
    case answers, noTime, clockDiffers, clockAgrees, ahead, behind
    case noToken, noTokenYet, expired, cached, inTime, withNextCall

    var message: Message {
        switch self {
        case .needsNothing: Message("says nothing of what it needs", "没有声明所需的权限")
        case .needsOptions: Message("run it with {options}", "运行时需要 {options}")
        case .needsGranted: Message("{file} grants what it needs", "{file} 已授予所需的全部权限")
        case .needsMore: Message("{file} does not grant all that it needs", "{file} 没有授予所需的全部权限")
        case .settings: Message("{profile}, {url}, secret from {secret}", "{profile}，{url}，密钥来自{secret}")
        case .secretUnset: Message("the environment variable {name} is not set", "环境变量 {name} 没有设置")
        case .literalSecret: Message("a literal value", "直接写出的值")
        case .environmentSecret: Message("the environment variable {name}", "环境变量 {name}")
        case .fileSecret: Message("the file {name}", "文件 {name}")
        case .commandSecret: Message("the command {name}", "命令 {name}")
        case .stateNotMade: Message("{path} cannot be made in {folder}", "无法在 {folder} 中创建 {path}")
        case .stateToBeMade: Message("{path}, to be made with the first call", "{path}，首次调用时创建")
        case .stateNoFolder: Message("{path} is no folder", "{path} 不是目录")
        case .stateReadOnly: Message("{path} cannot be written", "{path} 不可写")
        case .stateOpen: Message("{path} is open to other users", "{path} 对其他用户开放")
        case .soundInterpreter: Message("{release}, sound", "{release}，可靠")
        case .closedConcatenation:
            Message(
                "{release}, whose __concat can corrupt memory: closed off by c8run (docs/security.md)",
                "{release}，其 __concat 可能破坏内存：已由 c8run 封闭（docs/security.md）")
        case .answers:
            Message(
                "{url} answers with HTTP {status} within {milliseconds} ms",
                "{url} 在 {milliseconds} ms 内以 HTTP {status} 应答")
        case .noTime: Message("the platform's answer told no time", "平台的应答没有给出时间")
        case .clockDiffers: Message("this machine's is {difference} the platform's", "本机时钟比平台{difference}")
        case .clockAgrees: Message("this machine's agrees with the platform's", "本机时钟与平台一致")
        case .ahead: Message("{time} ahead of", "快 {time}")
        case .behind: Message("{time} behind", "慢 {time}")
        case .noToken: Message("none is cached; the first call fetches one", "没有缓存的令牌；首次调用时获取")
        case .noTokenYet: Message("none is cached; the next call fetches one", "没有缓存的令牌；下次调用时获取")
        case .expired: Message("the cached one has expired; the next call fetches another", "缓存的令牌已过期；下次调用时重新获取")
        case .cached: Message("cached; renewed {refresh}, ends {end}", "已缓存；{refresh}刷新，{end}过期")
        case .inTime: Message("in {time}", " {time} 后")
        case .withNextCall: Message("with the next call", "下次调用时")
        }
    }
}
