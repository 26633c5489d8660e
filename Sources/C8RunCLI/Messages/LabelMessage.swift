/// Words that stand before others: headings of help, and names of facts about an error.
enum LabelMessage: MessageKey {
    case usage, examples, arguments, options, commands, exitCodes, script, tests, worker, grants, platform, recordings,
        output
    case defaultValue, values, seeHelp
    case error, warning, hint, traceback, operation, code, said, traceID, status, attempts, outcome

    var message: Message {
        switch self {
        case .usage: Message("Usage", "用法")
        case .examples: Message("Examples", "示例")
        case .arguments: Message("Arguments", "参数")
        case .options: Message("Options", "选项")
        case .commands: Message("Commands", "命令")
        case .exitCodes: Message("Exit codes", "退出码")
        case .script: Message("Script", "脚本")
        case .tests: Message("Tests", "测试")
        case .worker: Message("Worker", "工作进程")
        case .grants: Message("Grants", "授权")
        case .platform: Message("Platform", "平台")
        case .recordings: Message("Recordings", "录制")
        case .output: Message("Output", "输出")
        case .defaultValue: Message("default: {value}", "默认：{value}")
        case .values: Message("one of: {values}", "可选值：{values}")
        case .seeHelp: Message("{command} tells more of each.", "{command} 给出各命令的详细说明。")
        case .error: Message("error", "错误")
        case .warning: Message("warning", "警告")
        case .hint: Message("hint", "提示")
        case .traceback: Message("traceback", "调用栈")
        case .operation: Message("operation", "接口")
        case .code: Message("code", "错误码")
        case .said: Message("message", "平台消息")
        case .traceID: Message("trace id", "traceId")
        case .status: Message("HTTP status", "HTTP 状态")
        case .attempts: Message("attempts", "尝试次数")
        case .outcome: Message("outcome", "写操作结果")
        }
    }
}
