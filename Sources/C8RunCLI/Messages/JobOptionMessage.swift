/// What each option and argument of the queue's commands does.
enum JobOptionMessage: MessageKey {
    case id, at, cron, zone, priority, tag, attempts, json, positionals
    case state, tagFilter, dead, limit, job, evenIfWritten, before, pruneState

    var message: Message {
        switch self {
        case .id:
            Message(
                "The job's id, under which it runs once (default: a new one).",
                "作业标识；同一标识只运行一次（默认自动生成）。")
        case .at:
            Message(
                "When it may run: a time such as 2026-11-27T08:00, or +10m (default: at once).",
                "最早何时运行：时间，例如 2026-11-27T08:00，或 +10m（默认立即）。")
        case .cron:
            Message(
                "When to run it again and again: minute, hour, day, month, weekday, as in '30 6 * * MON-FRI', or @daily.",
                "定期运行：分、时、日、月、星期，例如 '30 6 * * MON-FRI'，或 @daily。")
        case .zone:
            Message(
                "The time zone of --cron, such as Asia/Shanghai (default: the machine's).",
                "--cron 所用的时区，例如 Asia/Shanghai（默认为本机时区）。")
        case .priority:
            Message(
                "From -1000 to 1000; a higher number goes first (default: 0).", "-1000 到 1000；数值大的先运行（默认 0）。")
        case .tag:
            Message(
                "Only workers that were started with this tag take it.", "只由以此标签启动的 worker 领取。")
        case .attempts:
            Message(
                "How often it may be begun, where trying again helps (default: 5).",
                "在重试有意义时最多开始的次数（默认 5）。")
        case .json: Message("Print an object of JSON instead of the id.", "输出 JSON 对象而不是作业标识。")
        case .positionals:
            Message(
                "The script, - for standard input, and what it finds in ... and arg.",
                "脚本（- 表示标准输入）及其参数，脚本可从 ... 和 arg 中取得。")
        case .state:
            Message(
                "Only jobs in this state: waiting, running, done, failed, dead or cancelled; may be repeated.",
                "只列出处于此状态的作业：waiting、running、done、failed、dead 或 cancelled；可重复。")
        case .tagFilter: Message("Only jobs with this tag.", "只列出带此标签的作业。")
        case .dead:
            Message(
                "Only dead letters: jobs that failed, or that are not tried again.", "只列出死信：失败的或不再重试的作业。")
        case .limit: Message("How many at most.", "最多列出的数量。")
        case .job: Message("The job's id.", "作业标识。")
        case .evenIfWritten:
            Message(
                "Although a write of it may have taken place, which would then be made twice.",
                "即使它的写操作可能已经执行（这样会执行两次）。")
        case .before:
            Message(
                "A duration since they ended, such as 30d, or a time.", "结束以来的时长（例如 30d）或一个时间。")
        case .pruneState:
            Message(
                "Which of them: done, failed, dead or cancelled; may be repeated (default: done and cancelled).",
                "删除哪些：done、failed、dead 或 cancelled；可重复（默认 done 和 cancelled）。")
        }
    }
}
