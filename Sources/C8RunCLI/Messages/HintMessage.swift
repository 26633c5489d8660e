/// Advice: what to do about an error.
enum HintMessage: MessageKey {
    case usage, outcomeUnknown, unresolved, network, database, configuration, unbound, platformCode, denied, invalid
    case memory, time, instructions, output, internalError
    case tokenRefused, keyOrSecret, applicationDisabled, applicationUnknown, accessKeyEmpty, secretEmpty, tooOften
    case unknownError
    case noTests, noSuchTest, companion

    var message: Message {
        switch self {
        case .usage: Message("{command} lists what can be said", "{command} 列出可用的写法")
        case .outcomeUnknown:
            Message(
                "look on the platform whether it took place before you run this again; a step of a flow (c8.flow) with "
                    + "verify does so by itself", "重新运行前，请先在平台上核实是否已经执行；流程（c8.flow）中带 verify 的步骤会自动核实")
        case .unresolved:
            Message(
                "look it up on the platform, settle it with c8run flow resolve, then run the script again",
                "在平台上核实后，用 c8run flow resolve 判定该步骤，再重新运行脚本")
        case .network:
            Message(
                "c8run doctor tells whether the platform can be reached from here, and what is in the way",
                "c8run doctor 可检查本机能否访问平台以及问题所在")
        case .database:
            Message(
                "c8run state status tells whether the database that keeps the state can be reached from here",
                "c8run state status 可检查本机能否访问保存状态的数据库")
        case .configuration:
            Message("c8run doctor checks the configuration, setting by setting", "c8run doctor 会逐项检查配置")
        case .unbound:
            Message(
                "c8run api show {operation} names the documentation page; c8run api import reads it",
                "c8run api show {operation} 给出对应的文档页面；用 c8run api import 导入该页面")
        case .platformCode:
            Message(
                "the code is one of this operation's own: c8run api show {operation} lists those that are known",
                "该错误码由此接口定义：c8run api show {operation} 列出已知的错误码")
        case .denied:
            Message(
                "grant no more than the script needs; c8run help run lists the grants",
                "只授予脚本必需的权限；c8run help run 列出所有授权选项")
        case .invalid:
            Message(
                "c8run api show {operation} lists the fields", "c8run api show {operation} 列出该接口的字段")
        case .memory: Message("raise it with --max-memory SIZE", "可用 --max-memory SIZE 提高内存上限")
        case .time: Message("raise it with --timeout DURATION", "可用 --timeout DURATION 延长时间上限")
        case .instructions: Message("raise it with --max-instructions N", "可用 --max-instructions N 提高指令数上限")
        case .output: Message("raise it with --max-output SIZE", "可用 --max-output SIZE 提高输出上限")
        case .internalError:
            Message(
                "this is a defect of c8run: please report it with the command line and this text",
                "这是 c8run 的缺陷：请连同命令行和以上文字一并报告")
        case .tokenRefused:
            Message(
                "fetch a new token; if new tokens are refused too, look for another program that uses the same access key",
                "请获取新令牌；若新令牌也被拒绝，请检查是否有其他程序在使用同一 access key")
        case .keyOrSecret:
            Message(
                "check the access key and the secret of the profile, and that both belong to this base URL",
                "请核对 profile 的 access key 和密钥，并确认二者属于当前 base URL 对应的环境")
        case .applicationDisabled:
            Message("ask the platform's operators to enable the application", "请联系平台运营方启用该应用")
        case .applicationUnknown:
            Message(
                "check the access key, and that the application belongs to this base URL's environment",
                "请核对 access key，并确认该应用属于当前 base URL 对应的环境")
        case .accessKeyEmpty: Message("set the access key of the profile", "请设置 profile 的 access key")
        case .secretEmpty: Message("set the secret of the profile", "请设置 profile 的密钥")
        case .tooOften:
            Message(
                "wait a minute; programs that share an access key should share one token cache",
                "请等待一分钟；共用同一 access key 的程序应共用一个令牌缓存")
        case .unknownError:
            Message(
                "try again later; if it stays, give the traceId to the platform's operators",
                "请稍后重试；若仍然失败，请将 traceId 提供给平台运营方")
        case .noTests:
            Message("c8run init starts a project that has one to begin from", "c8run init 创建的项目中有可供参考的测试")
        case .noSuchTest:
            Message("c8run test --list shows the names that --filter looks in", "c8run test --list 列出 --filter 所查找的名称")
        case .companion:
            Message("install {program}, or leave --with out", "请安装 {program}，或去掉 --with")
        }
    }
}
