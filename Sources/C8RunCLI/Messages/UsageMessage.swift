/// What is wrong with a command line.
enum UsageMessage: MessageKey {
    case unknownOption, unknownCommand, takesNoValue, needs, isNot, namesNothing, emptyName, foreignToTest, nearest
    case noScript, promptTakesNoScript, recordOrReplay, bringsItsOwn, exists, folderName
    case foreignToSubmit, submitEmulator, submitDryRun, submitWorker, submitProgress, submitRecord, submitBindings
    case atOrCron, zoneWithoutCron
    case foreignToWorker, workerTakesNoScript, workerScript, workerProgress, workerRecording, workerDryRun, commandFirst
    case testCode, testEmulator, testInput, testMetrics, testProgress

    var message: Message {
        switch self {
        case .unknownOption: Message("unknown option {option}", "未知选项 {option}")
        case .unknownCommand: Message("{command} has no command {word}", "{command} 没有命令 {word}")
        case .takesNoValue: Message("the option {option} takes no value", "选项 {option} 不带值")
        case .needs: Message("the option {option} needs {meaning}", "选项 {option} 缺少值：{meaning}")
        case .isNot:
            Message("the value \"{value}\" of {option} is not {meaning}", "{option} 的值 \"{value}\" 无效，应为：{meaning}")
        case .namesNothing:
            Message(
                "the option {option}= names nothing: leave the = out to grant everything",
                "选项 {option}= 没有列出任何内容：要全部授权，请去掉 =")
        case .emptyName:
            Message(
                "the option {option}={value} has an empty name between its commas", "选项 {option}={value} 的逗号之间有空名称")
        case .foreignToTest: Message("the option {option} is not one of test: {remedy}", "test 没有选项 {option}：{remedy}")
        case .nearest: Message(" (did you mean {name}?)", "（是否想写 {name}？）")
        case .noScript:
            Message("no script: give a file, - for standard input, or -e CODE", "没有脚本：请给出文件名、表示标准输入的 -，或 -e 代码")
        case .promptTakesNoScript:
            Message(
                "repl takes no script: \"{word}\" can be run within it, with :load {word}",
                "repl 不接受脚本：可在其中用 :load {word} 运行 \"{word}\"")
        case .recordOrReplay:
            Message(
                "--record and --replay exclude each other: record against the platform or --emulator, then replay",
                "--record 与 --replay 不能同时使用：先对平台或 --emulator 录制，再重放")
        case .bringsItsOwn:
            Message(
                "{option} has no meaning with --emulator, which brings its own platform",
                "{option} 与 --emulator 同用没有意义：模拟器自带平台")
        case .exists:
            Message(
                "{folder} has {files} already; nothing was written. --force overwrites",
                "{folder} 中已有 {files}；没有写入任何文件。--force 会覆盖")
        case .folderName:
            Message(
                "the path {folder} has a backslash, a line break, another control character, or a blank at its end, which "
                    + "units of systemd and crontabs cannot name: choose another one",
                "路径 {folder} 中有反斜杠、换行或其他控制字符，或以空格结尾，systemd 单元和 crontab 无法表示：请另选目录名")
        case .foreignToSubmit:
            Message("the option {option} is not one of submit: {remedy}", "submit 没有选项 {option}：{remedy}")
        case .submitEmulator:
            Message(
                "a job runs where its worker says; give it to c8run worker", "作业在 worker 指定的平台上运行；请将它传给 c8run worker")
        case .submitDryRun:
            Message("try the script out with c8run run --dry-run first", "请先用 c8run run --dry-run 试运行脚本")
        case .submitWorker: Message("give it to c8run worker", "请将它传给 c8run worker")
        case .submitProgress: Message("nobody watches a job; it is in the log", "作业运行时无人查看；进度写入日志")
        case .submitRecord: Message("record and replay with c8run run", "请用 c8run run 录制和重放")
        case .submitBindings: Message("a job finds those of its worker", "作业使用其 worker 的绑定")
        case .atOrCron: Message("--at and --cron exclude each other", "--at 与 --cron 不能同时使用")
        case .zoneWithoutCron:
            Message(
                "--zone belongs to --cron; write a zone into --at, as in 2026-11-27T08:00+08:00",
                "--zone 须与 --cron 同用；--at 的时区请写在时间中，例如 2026-11-27T08:00+08:00")
        case .foreignToWorker:
            Message("the option {option} is not one of worker: {remedy}", "worker 没有选项 {option}：{remedy}")
        case .workerTakesNoScript:
            Message(
                "worker takes no script: put \"{word}\" into the queue with c8run submit {word}",
                "worker 不接受脚本：请用 c8run submit {word} 将 \"{word}\" 放入队列")
        case .workerScript:
            Message("scripts and their input come from the queue: c8run submit", "脚本及其输入来自队列：c8run submit")
        case .workerProgress: Message("how far jobs are is in their logs", "作业的进度在各自的日志中")
        case .workerRecording: Message("record a run of the script instead: c8run run", "请改为录制脚本的运行：c8run run")
        case .commandFirst:
            Message(
                "; options come after the command: c8run {command} …", "；选项应放在命令之后：c8run {command} …")
        case .workerDryRun:
            Message(
                "it would use up jobs and send nothing for them; try a script out with c8run run --dry-run",
                "否则会消耗作业却什么都不发送；请用 c8run run --dry-run 试运行脚本")
        case .testCode: Message("put the code into a file", "请将代码写入文件")
        case .testEmulator:
            Message("tests have an emulator unless another platform is named", "除非指定其他平台，测试总是使用模拟器")
        case .testInput: Message("give input to test.run", "请将输入传给 test.run")
        case .testMetrics: Message("it is for a script's run", "它只用于运行脚本")
        case .testProgress: Message("what scripts show is not shown in tests", "测试中不显示脚本的进度")
        }
    }
}
