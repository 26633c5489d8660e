/// What each exit code means.
enum ExitMessage: MessageKey {
    case done, scriptError, usage, compile, unreadable, unavailable, internalError, unresolved, denied, configuration
    case timeLimit, memoryLimit, interrupted, terminated, hungUp

    var message: Message {
        switch self {
        case .done: Message("done", "成功")
        case .scriptError:
            Message("the script raised an error; os.exit(n) gives n", "脚本抛出错误；os.exit(n) 返回 n")
        case .usage: Message("the command line is wrong", "命令行有误")
        case .compile:
            Message(
                "the script does not compile, a page cannot be imported, check found something, or a test failed",
                "脚本无法编译、页面无法导入、check 发现问题，或有测试失败")
        case .unreadable: Message("the script cannot be read", "脚本无法读取")
        case .unavailable:
            Message("the platform cannot be reached, or refused the credentials", "平台不可达，或拒绝了凭据")
        case .internalError: Message("a defect of c8run itself", "c8run 自身的缺陷")
        case .unresolved:
            Message(
                "a flow stopped at a step whose outcome is unknown: resolve it, then run again",
                "流程停在结果未知的步骤上：先判定该步骤，再重新运行")
        case .denied: Message("the sandbox refused something", "被沙箱拒绝")
        case .configuration: Message("the configuration is wrong", "配置有误")
        case .timeLimit: Message("stopped by --timeout or --max-instructions", "因 --timeout 或 --max-instructions 而停止")
        case .memoryLimit: Message("stopped by --max-memory or --max-output", "因 --max-memory 或 --max-output 而停止")
        case .interrupted: Message("stopped by SIGINT (Control-C)", "因 SIGINT（Control-C）而停止")
        case .terminated: Message("stopped by SIGTERM", "因 SIGTERM 而停止")
        case .hungUp: Message("stopped by SIGHUP", "因 SIGHUP 而停止")
        }
    }
}
