/// What each command is for, in a line.
enum CommandMessage: MessageKey {
    case root, run, repl, check, test, worker, token, tokenStatus, tokenRefresh, tokenClear, tokenPrint
    case flow, flowList, flowShow, flowResolve, flowForget, flowPrune
    case submit, queue, queueList, queueShow, queueCancel, queueRetry, queuePrune, queueSchedules
    case state, stateStatus, stateMigrate
    case emulator, api, apiList, apiShow, apiCall, apiImport, apiTypes, doctor, initialize, help

    var message: Message {
        switch self {
        case .root:
            Message("Run Lua scripts against the Supercarrier8 open platform.", "运行调用超8开放平台接口的 Lua 脚本。")
        case .run: Message("Run a Lua script (the word run may be left out).", "运行 Lua 脚本（run 一词可省略）。")
        case .repl: Message("Try Lua and the platform line by line.", "逐行试用 Lua 和平台接口。")
        case .check: Message("Judge scripts without running them.", "不运行脚本而检查其中的问题。")
        case .test: Message("Run tests of scripts (*_test.lua).", "运行脚本的测试（*_test.lua）。")
        case .worker: Message("Run the scripts that wait in the queue.", "运行队列中等待的脚本。")
        case .token: Message("Show, renew or forget the cached access token.", "查看、更新或清除缓存的 AccessToken。")
        case .tokenStatus:
            Message(
                "Show age, expiry and next refresh of the cached token, and who asked for it, without fetching one.",
                "显示缓存令牌的已用时长、过期时间、下次刷新时间以及由谁获取；不会获取新令牌。")
        case .tokenRefresh:
            Message(
                "Fetch a new token, waiting for the platform's interval where needed.",
                "获取新令牌，必要时等待平台规定的间隔。")
        case .tokenClear: Message("Forget the cached token; the next call fetches one.", "清除缓存的令牌；下次调用时重新获取。")
        case .tokenPrint:
            Message("Print the access token, fetching one where none is good.", "输出 AccessToken；没有有效令牌时先获取。")
        case .flow:
            Message(
                "Look at the journal of durable flows, and settle what only a person can.",
                "查看持久化流程的日志，并处理只有人才能判定的步骤。")
        case .flowList: Message("List flows, those that changed last first.", "列出流程，最近有变化的在前。")
        case .flowShow:
            Message("Show a flow and its steps: what is done, and what is in doubt.", "显示一个流程及其步骤：哪些已完成，哪些结果未明。")
        case .flowResolve:
            Message(
                "Say what became of a step in doubt: it took place, with this result, or it did not.",
                "判定结果未明的步骤：已执行（并给出结果），或未执行。")
        case .flowForget:
            Message(
                "Remove a flow and its steps from the journal: run again, it does everything again.",
                "从日志中删除一个流程及其步骤：再次运行时会全部重做。")
        case .flowPrune:
            Message("Remove flows that finished longer ago than a number of days.", "删除已结束超过指定天数的流程。")
        case .submit:
            Message(
                "Put a script into the queue: a worker runs it, now, later or again and again.",
                "将脚本放入队列：由 worker 立即、稍后或定期运行。")
        case .queue:
            Message(
                "Look at queued scripts, and take them back, put them back or remove them.", "查看队列中的作业，并取消、放回或删除它们。")
        case .queueList: Message("List jobs, those that changed last first.", "列出作业，最近有变化的在前。")
        case .queueShow:
            Message(
                "Show a job: what it waits for, its attempts, its output and its result.", "显示一个作业：它在等待什么、各次尝试、输出和结果。")
        case .queueCancel:
            Message(
                "Take a job back, also one that runs; or end a schedule.", "取消一个作业（包括正在运行的），或结束一个定时作业。")
        case .queueRetry:
            Message(
                "Put a dead letter or a cancelled job back, with all its attempts before it.",
                "将死信或已取消的作业放回队列，尝试次数重新计算。")
        case .queuePrune: Message("Remove jobs that ended long ago.", "删除早已结束的作业。")
        case .queueSchedules: Message("List schedules, and when they fire next.", "列出定时作业及其下次运行的时间。")
        case .state:
            Message(
                "Look at the place where tokens and flows are kept, and bring it up to date.", "查看保存令牌和流程的位置，并升级其数据表。")
        case .stateStatus:
            Message(
                "Show where the state is, its version and what is in it, changing nothing.", "显示状态所在位置、版本和内容；不作任何改动。")
        case .stateMigrate:
            Message(
                "Make the tables, or bring those of an older c8run up to this one's: all or nothing, once for all machines.",
                "创建数据表，或将旧版 c8run 的数据表升级到当前版本：要么全部完成，要么不改动；所有机器只需执行一次。")
        case .emulator: Message("Start a local stand-in for the platform.", "在本机启动平台模拟器。")
        case .api: Message("List, show, call and import the platform's interfaces.", "列出、查看、调用和导入平台接口。")
        case .apiList:
            Message(
                "List the catalogue, or the entries that hold all of the given words.", "列出接口目录，或列出包含所有给定词语的条目。")
        case .apiShow:
            Message("Show one entry of the catalogue, with its fields where it is bound.", "显示目录中的一个条目；已绑定的接口同时显示字段。")
        case .apiCall:
            Message("Call one operation and print the data of its answer as JSON.", "调用一个接口，并以 JSON 输出响应中的 data。")
        case .apiImport: Message("Import documentation pages into a bindings file.", "将平台文档页面导入绑定文件。")
        case .apiTypes:
            Message("Write type annotations for editors (lua-language-server).", "为编辑器（lua-language-server）生成类型注解。")
        case .doctor:
            Message(
                "Check configuration, platform, clock, token, state, kernel and a script's needs, and say how to mend each.",
                "检查配置、平台、时钟、令牌、状态目录、内核沙箱和脚本所需权限，并给出各项的修复方法。")
        case .initialize:
            Message(
                "Start a script project: a first flow, its test, configuration and editor settings.",
                "创建脚本项目：示例流程、测试、配置和编辑器设置。")
        case .help: Message("Show the help of a command.", "显示命令的帮助。")
        }
    }
}
