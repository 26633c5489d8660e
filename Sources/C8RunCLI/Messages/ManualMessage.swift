/// What the manual page says beyond the help of the commands.
enum ManualMessage: MessageKey {
    case book, name, synopsis, description, introduction, options, commands, exitStatus, environment, files, examples,
        completion
    case configurationFile, stateFolder

    var message: Message {
        switch self {
        case .book: Message("User Commands", "用户命令")
        case .name: Message("NAME", "名称")
        case .synopsis: Message("SYNOPSIS", "概要")
        case .description: Message("DESCRIPTION", "描述")
        case .introduction:
            Message(
                "c8run runs Lua 5.4 scripts that call the Supercarrier8 open platform. Tokens, time limits, repetition "
                    + "of what is safe to repeat, and a sandbox around the script are its business; a built-in emulator "
                    + "of the platform lets everything be tried without an account. Options stand before the script; "
                    + "all behind it belongs to the script.",
                "c8run 运行调用超8开放平台接口的 Lua 5.4 脚本，并负责令牌、超时、安全的重试以及脚本沙箱；内置的平台模拟器让一切都可以在没有账号的情况下试用。"
                    + "选项写在脚本之前，脚本之后的一切都属于脚本。")
        case .options: Message("OPTIONS", "选项")
        case .commands: Message("COMMANDS", "命令")
        case .exitStatus: Message("EXIT STATUS", "退出码")
        case .environment: Message("ENVIRONMENT", "环境变量")
        case .files: Message("FILES", "文件")
        case .examples: Message("EXAMPLES", "示例")
        case .completion:
            Message(
                "bash, zsh and fish complete commands, options, profiles and the ids of operations with the script that "
                    + "c8run prints for them:", "bash、zsh 和 fish 可补全命令、选项、profile 和接口标识，补全脚本由 c8run 生成：")
        case .configurationFile:
            Message("Profiles; --config and C8_CONFIG name another file.", "profile；可用 --config 或 C8_CONFIG 指定其他文件。")
        case .stateFolder:
            Message("Tokens and the journal of flows; C8_STATE names another folder.", "令牌和流程日志；可用 C8_STATE 指定其他目录。")
        }
    }
}
