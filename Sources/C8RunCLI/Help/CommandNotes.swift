/// What the argument parser does not know of a command.
struct CommandNotes: Sendable {
    /// Behind the command's name, a line for each form; nil where it follows from the arguments.
    var usage: [String]?
    var examples: [CommandExample] = []
    /// How it may end besides well, by a wrong command line, or by a defect.
    var exitCodes: [ExitCode] = []

    /// - Parameter path: the command's words behind `c8run`.
    static func of(_ path: [String]) -> CommandNotes {
        all[path.joined(separator: " ")] ?? CommandNotes()
    }

    private static let calls: [ExitCode] = [.scriptError, .unavailable, .configuration]

    private static let all: [String: CommandNotes] = [
        "": CommandNotes(
            usage: ["[options] <script> [<argument> …]", "<command> …"],
            examples: [
                CommandExample(
                    "c8run --emulator first_flow.lua", "run a script against the built-in emulator", "在内置模拟器上运行脚本"),
                CommandExample("c8run init my-project", "start a project that runs at once", "创建一个可立即运行的项目"),
                CommandExample("c8run check first_flow.lua", "judge a script without running it", "不运行脚本而检查它"),
                CommandExample("c8run test", "run the tests of this folder", "运行当前目录的测试"),
                CommandExample("c8run api list 生产订单", "find an operation", "查找接口"),
                CommandExample("c8run doctor", "see what is still missing", "检查还缺少什么"),
            ], exitCodes: ExitCode.allCases),
        "run": CommandNotes(
            usage: ["[options] <script> [<argument> …]", "[options] -e <code> [<argument> …]"],
            examples: [
                CommandExample("c8run flow.lua 2026-01-31", "arguments behind the script are its own", "脚本之后的参数属于脚本"),
                CommandExample("c8run --profile factory --dry-run flow.lua", "see what would be written", "查看将会写入什么"),
                CommandExample(
                    "c8run --allow-read=inbox --timeout 10m flow.lua", "grant a folder, and bound the time",
                    "授权一个目录并限制时间"),
                CommandExample(
                    "c8run --emulator -e 'print(c8.production.orders.list{}.total)'", "a line of Lua", "一行 Lua 代码"),
            ], exitCodes: ExitCode.allCases.filter { $0 != .done }),
        "repl": CommandNotes(
            examples: [
                CommandExample("c8run repl --emulator", "try operations without an account", "无需账号即可试用接口"),
                CommandExample("c8run repl --profile factory --dry-run", "writes are kept back", "不发送写操作"),
            ], exitCodes: ExitCode.allCases.filter { $0 != .done && $0 != .unreadable }),
        "check": CommandNotes(
            examples: [
                CommandExample("c8run check flow.lua", "before it is run", "运行之前"),
                CommandExample("c8run check --emulator *.lua", "against the emulator's bindings", "按模拟器的绑定核对"),
                CommandExample("c8run check --strict --format sarif scripts", "for a code host", "供代码托管平台使用"),
            ], exitCodes: [.compile, .unreadable, .configuration]),
        "test": CommandNotes(
            examples: [
                CommandExample("c8run test", "all tests below the working directory", "当前目录下的所有测试"),
                CommandExample("c8run test --filter 'an order' orders_test.lua", "some of a file", "一个文件中的部分测试"),
                CommandExample(
                    "c8run test --format junit --output report.xml --coverage lcov.info", "for a CI server",
                    "供 CI 服务器使用"),
            ], exitCodes: [.compile, .unreadable, .configuration, .interrupted, .terminated, .hungUp]),
        "worker": CommandNotes(
            examples: [
                CommandExample("c8run worker --profile factory", "take jobs until it is told to end", "一直取作业，直到要求退出"),
                CommandExample("c8run worker --until-empty", "from a timer", "由定时器启动"),
                CommandExample(
                    "c8run worker --permissions worker.toml --timeout 10m --listen 127.0.0.1:9400",
                    "bound what jobs may do, and be watched", "限定作业的权限，并可被监控"),
            ], exitCodes: [.unavailable, .configuration]),
        "token": CommandNotes(examples: [CommandExample("c8run token status", "how old the token is", "令牌已使用多久")]),
        "token status": CommandNotes(
            examples: [CommandExample("c8run token status --json", "for a monitor", "供监控程序使用")],
            exitCodes: [.configuration]),
        "token refresh": CommandNotes(
            examples: [CommandExample("c8run token refresh --profile factory", "after a new secret", "更换密钥之后")],
            exitCodes: [.unavailable, .configuration]),
        "token clear": CommandNotes(
            examples: [CommandExample("c8run token clear", "forget it", "清除令牌")], exitCodes: [.configuration]),
        "token print": CommandNotes(
            examples: [CommandExample("c8run token print", "for a call with curl", "用于 curl 调用")],
            exitCodes: [.unavailable, .configuration]),
        "flow": CommandNotes(examples: [
            CommandExample("c8run flow list --open", "what waits for a person", "等待人工处理的流程")
        ]),
        "submit": CommandNotes(
            usage: ["[options] <script> [<argument> …]"],
            examples: [
                CommandExample(
                    "c8run submit flow.lua 2026-01-31", "a worker runs it as soon as it can", "由 worker 尽快运行"),
                CommandExample(
                    "c8run submit --id 'order PO-1' --input '{\"order\": \"PO-1\"}' flow.lua", "once for this id",
                    "同一标识只运行一次"),
                CommandExample(
                    "c8run submit --id nightly --cron '30 2 * * *' --allow-read=in report.lua",
                    "every night, with a folder to read", "每晚运行，并授权读取一个目录"),
            ], exitCodes: [.compile, .unreadable, .unavailable, .configuration]),
        "queue": CommandNotes(examples: [
            CommandExample("c8run queue list --dead", "what waits for a person", "等待人工处理的作业")
        ]),
        "queue list": CommandNotes(
            examples: [
                CommandExample("c8run queue list --dead --json", "for a monitor", "供监控程序使用"),
                CommandExample(
                    "c8run queue list --state waiting --tag heavy", "what a worker would take", "查看某个标签的待领取作业"),
            ], exitCodes: [.unavailable, .configuration]),
        "queue show": CommandNotes(
            examples: [CommandExample("c8run queue show 'order PO-1'", "why it failed", "查看失败原因")],
            exitCodes: [.unavailable, .configuration]),
        "queue cancel": CommandNotes(
            examples: [
                CommandExample("c8run queue cancel 'order PO-1'", "take it back", "取消作业"),
                CommandExample("c8run queue cancel nightly", "end a schedule", "结束定时作业"),
            ], exitCodes: [.unavailable, .configuration]),
        "queue retry": CommandNotes(
            examples: [CommandExample("c8run queue retry 'order PO-1'", "once what was wrong is mended", "修复问题之后重试")],
            exitCodes: [.unavailable, .configuration]),
        "queue prune": CommandNotes(
            examples: [CommandExample("c8run queue prune --before 30d", "as a monthly job", "作为每月作业")],
            exitCodes: [.unavailable, .configuration]),
        "queue schedules": CommandNotes(
            examples: [CommandExample("c8run queue schedules --json", "for a monitor", "供监控程序使用")],
            exitCodes: [.unavailable, .configuration]),
        "state": CommandNotes(
            examples: [CommandExample("c8run state status", "where tokens and flows are kept", "令牌和流程保存在哪里")]),
        "state status": CommandNotes(
            examples: [CommandExample("c8run state status --json", "for a monitor", "供监控程序使用")],
            exitCodes: [.unavailable, .configuration]),
        "state migrate": CommandNotes(
            examples: [
                CommandExample(
                    "c8run state migrate --profile factory", "after an update of c8run, by the database's owner",
                    "升级 c8run 之后，由数据库所有者执行")
            ], exitCodes: [.unavailable, .configuration]),
        "flow list": CommandNotes(
            examples: [CommandExample("c8run flow list --open --json", "for a monitor", "供监控程序使用")],
            exitCodes: [.unavailable, .configuration]),
        "flow show": CommandNotes(
            examples: [CommandExample("c8run flow show 'production PO-1'", "its steps", "查看各步骤")],
            exitCodes: [.unavailable, .configuration]),
        "flow resolve": CommandNotes(
            examples: [
                CommandExample(
                    "c8run flow resolve 'production PO-1' create --done '{\"orderNo\": \"PO-1\"}'",
                    "the platform has the order", "平台上已有该订单"),
                CommandExample("c8run flow resolve 'production PO-1' create --retry", "it has not", "平台上没有该订单"),
            ], exitCodes: [.unavailable, .configuration]),
        "flow forget": CommandNotes(
            examples: [CommandExample("c8run flow forget 'production PO-1'", "do it all again", "全部重做")],
            exitCodes: [.unavailable, .configuration]),
        "flow prune": CommandNotes(
            examples: [CommandExample("c8run flow prune --days 30", "as a monthly job", "作为每月任务")],
            exitCodes: [.unavailable, .configuration]),
        "emulator": CommandNotes(
            examples: [
                CommandExample("c8run emulator --port 8080", "for scripts of another terminal", "供另一终端中的脚本使用"),
                CommandExample(
                    "c8run emulator --fault cut-after,on=production.orders.create,times=1", "an answer is lost once",
                    "丢失一次响应"),
            ]),
        "api": CommandNotes(examples: [CommandExample("c8run api list 订单", "words of any column", "按任意列中的词语查找")]),
        "api list": CommandNotes(
            examples: [
                CommandExample("c8run api list 生产订单 创建", "entries with both words", "同时包含两个词语的条目"),
                CommandExample("c8run api list --bound --json", "what can be called", "当前可以调用的接口"),
            ]),
        "api show": CommandNotes(
            examples: [CommandExample("c8run api show --emulator production.orders.create", "its fields", "查看字段")]),
        "api call": CommandNotes(
            examples: [
                CommandExample(
                    "c8run api call production.orders.get '{\"orderNo\": \"PO-1\"}'", "one call", "一次调用"),
                CommandExample(
                    "c8run api call --emulator --dry-run production.orders.create @order.json", "see the request",
                    "查看请求"),
            ], exitCodes: calls),
        "api import": CommandNotes(
            examples: [
                CommandExample("c8run api import --dry-run pages/order.md", "see what would change", "查看将会发生的变化"),
                CommandExample("c8run api import pages/order.md pages/codes.html", "several pages", "导入多个页面"),
            ], exitCodes: [.compile, .configuration]),
        "api types": CommandNotes(
            examples: [
                CommandExample("c8run api types --output types", "the folder of .luarc.json", ".luarc.json 所指的目录")
            ],
            exitCodes: [.configuration]),
        "doctor": CommandNotes(
            examples: [
                CommandExample("c8run doctor --profile factory", "before the first run", "首次运行之前"),
                CommandExample("c8run doctor --offline flow.lua", "what a script needs", "查看脚本所需权限"),
            ], exitCodes: [.unavailable, .configuration]),
        "init": CommandNotes(
            examples: [
                CommandExample("c8run init my-project", "a folder of its own", "创建独立目录"),
                CommandExample("c8run init --list", "what it would write", "查看会写入哪些文件"),
            ]),
        "help": CommandNotes(
            usage: ["[<command> …]"],
            examples: [CommandExample("c8run help api call", "help of a subcommand", "查看子命令的帮助")]),
    ]
}
