/// What is wrong with the values that a command was given.
enum MistakeMessage: MessageKey {
    case port, tokenTTL, tokenInterval, clockOffset, days, doneOrRetry, oneBindingsFile
    case notJSON, cannotRead, cannotWrite, noTemporaryFolder, noTemporaryBindings, standardInput, body
    case fieldAndPath, noEntry, listsEntries, notCallable, noNeed, otherOutput
    case behindDirective, noDirective, listsDirectives, noTopic, noDocumentation
    case limit, notEnded
    case anExpression, aFile, aName, emulatorAlone

    var message: Message {
        switch self {
        case .port: Message("--port must be from 0 to 65535", "--port 应为 0 到 65535")
        case .tokenTTL:
            Message(
                "--token-ttl must be above 0 and at most 31536000 seconds", "--token-ttl 应大于 0，且不超过 31536000 秒")
        case .tokenInterval:
            Message("--token-interval must be from 0 to 86400 seconds", "--token-interval 应为 0 到 86400 秒")
        case .clockOffset:
            Message("--clock-offset must be at most 1000000000 seconds", "--clock-offset 不得超过 1000000000 秒")
        case .days: Message("--days must be from 0 to 100000", "--days 应为 0 到 100000")
        case .limit: Message("--limit must be from 1 to 1000000", "--limit 应为 1 到 1000000")
        case .notEnded:
            Message(
                "--state must be done, failed, dead or cancelled: other jobs have not ended",
                "--state 应为 done、failed、dead 或 cancelled：其他作业尚未结束")
        case .doneOrRetry:
            Message(
                "give either --done JSON (it took place) or --retry (it did not)",
                "请给出 --done JSON（已发生）或 --retry（未发生），二选一")
        case .oneBindingsFile:
            Message(
                "--bindings names the one file to write; it was given {count} times",
                "--bindings 指定唯一要写入的文件；却给出了 {count} 次")
        case .notJSON: Message("{name} is not JSON: {problem}", "{name} 不是 JSON：{problem}")
        case .cannotRead: Message("cannot read {path}: {problem}", "无法读取 {path}：{problem}")
        case .cannotWrite: Message("cannot write {path}: {problem}", "无法写入 {path}：{problem}")
        case .noTemporaryFolder:
            Message("cannot make a temporary folder: {problem}; set TMPDIR", "无法创建临时目录：{problem}；请设置 TMPDIR")
        case .noTemporaryBindings:
            Message(
                "cannot make a temporary folder: {problem}; use --bindings-out", "无法创建临时目录：{problem}；请使用 --bindings-out"
            )
        case .standardInput: Message("standard input", "标准输入")
        case .body: Message("the body", "请求体")
        case .fieldAndPath:
            Message(
                "--file wants a field and a path, such as --file photo=front.jpg; got \"{value}\"",
                "--file 需要字段名和路径，例如 --file photo=front.jpg；得到的是 \"{value}\"")
        case .noEntry: Message("the catalogue has no entry \"{name}\"", "目录中没有条目 \"{name}\"")
        case .listsEntries: Message("; c8run api list has them all", "；c8run api list 列出全部条目")
        case .notCallable:
            Message(
                "{name} is a {kind} page, which cannot be called; c8run api show {name}",
                "{name} 是 {kind} 页面，不能调用；请看 c8run api show {name}")
        case .noNeed:
            Message(
                "\"{word}\" is no need: write grants such as --allow-read=inbox",
                "\"{word}\" 不是授权：请写成 --allow-read=inbox 这样的形式")
        case .otherOutput:
            Message(
                "--with {name}: the program {name} wrote something else than its findings",
                "--with {name}：程序 {name} 的输出不是检查结果")
        case .behindDirective: Message(":{name} needs {meaning} behind it", ":{name} 后面需要{meaning}")
        case .noDirective: Message("there is no :{name}", "没有 :{name}")
        case .listsDirectives: Message("; :help lists what there is", "；:help 列出所有命令")
        case .noTopic: Message("there is no help about that; there is about {names}", "没有这个主题的帮助；可用的主题：{names}")
        case .noDocumentation:
            Message(
                "nothing is known about {name}; c8, its modules and its operations have texts",
                "没有关于 {name} 的说明；c8、它的模块和操作才有说明")
        case .emulatorAlone:
            Message(
                "--emulator has an address and a profile of its own: leave --profile and --base-url out",
                "--emulator 自带地址和配置：请去掉 --profile 和 --base-url")
        case .anExpression: Message("an expression", "一个表达式")
        case .aFile: Message("a file", "一个文件")
        case .aName: Message("a name such as c8.json.decode", "一个名称，例如 c8.json.decode")
        }
    }
}
