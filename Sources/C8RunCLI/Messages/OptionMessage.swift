/// What each option and argument does.
enum OptionMessage: MessageKey {
    case code, promptCode, runEmulator, runDryRun, maxMemory, timeout, maxInstructions, input, progress, metrics,
        maxOutput
    case allowRead, allowWrite, allowNet, allowEnv, denyRead, denyWrite, denyNet, denyEnv, allowToken, allowAll
    case permissions, requireKernelSandbox, profile, config, baseURL, bindings, allowInsecureHTTP, logLevel
    case logFormat, color, positionals, envelope, callDryRun, noValidate, callTimeout, saveTo, file, operation
    case body, force, importDryRun, pages, jsonArray, bound, words, apiEmulator, jsonObject, entry, typesOutput
    case offline, comparePermissions, neededBy, port, tokenTTL, tokenInterval, seed, bindingsOut, fault
    case clockOffset, ledger, `open`, days, done, retry, flow, step, language, help, version, completionScript
    case record, replay, initFolder, initForce, initList, faultKinds, ledgerMembers, commandWords
    case checkFormat, strict, companion, scripts, filter, testList, jobs, failFast, shuffle, testFormat, report
    case concurrency, workerTag, listen, drain, poll, workerOnce, untilEmpty
    case workerTimeout, workerMaxMemory, workerMaxInstructions, workerMaxOutput
    case coverage, testTimeout, testMaxMemory, testMaxInstructions, testMaxOutput, testDryRun, testPaths

    var message: Message {
        switch self {
        case .promptCode: Message("Lua code to run before the first line; may be repeated.", "在第一行之前运行的 Lua 代码；可重复。")
        case .code: Message("Lua code to run instead of a script; may be repeated.", "代替脚本文件运行的 Lua 代码；可重复。")
        case .runEmulator:
            Message(
                "Start a stand-in for the platform in this process, and use it.",
                "在本进程中启动平台模拟器并使用它。")
        case .runDryRun:
            Message(
                "Log operations that would change something instead of sending them.",
                "会产生修改的接口只记录日志，不发送。")
        case .maxMemory:
            Message(
                "Memory for the script, such as 64MiB (default: 512MiB).",
                "脚本可用的内存，例如 64MiB（默认 512MiB）。")
        case .timeout:
            Message(
                "Time for the script, such as 90s or 5m (default: no limit).",
                "脚本的运行时间，例如 90s 或 5m（默认不限）。")
        case .maxInstructions:
            Message(
                "Lua instructions for the script (default: no limit). Makes Lua two to three times slower.",
                "脚本可执行的 Lua 指令数（默认不限）。会使 Lua 慢两到三倍。")
        case .concurrency: Message("Jobs at a time (default: 4).", "同时运行的作业数（默认 4）。")
        case .workerTag:
            Message(
                "Take jobs with this tag; may be repeated (default: those without one).",
                "只取带有此标签的作业；可重复（默认取没有标签的作业）。")
        case .listen:
            Message(
                "Serve /healthz and /metrics there, such as 127.0.0.1:9400.",
                "在此地址提供 /healthz 和 /metrics，例如 127.0.0.1:9400。")
        case .drain:
            Message(
                "How long jobs may go on once the worker is to end (default: 30s).",
                "worker 要退出时，作业还可运行多久（默认 30s）。")
        case .poll:
            Message(
                "The longest pause between two looks at a queue without jobs (default: 1s).",
                "队列中没有作业时，两次查看之间的最长间隔（默认 1s）。")
        case .workerOnce: Message("End after one job.", "运行一个作业后退出。")
        case .untilEmpty: Message("End when there is no job left to take now.", "没有可取的作业时退出。")
        case .workerTimeout:
            Message("Time for each job, such as 90s or 5m (default: no limit).", "每个作业的运行时间，例如 90s 或 5m（默认不限）。")
        case .workerMaxMemory:
            Message("Memory for each job, such as 64MiB (default: 512MiB).", "每个作业可用的内存，例如 64MiB（默认 512MiB）。")
        case .workerMaxInstructions:
            Message("Lua instructions for each job (default: no limit).", "每个作业可执行的 Lua 指令数（默认不限）。")
        case .workerMaxOutput:
            Message("Output of each job, logs included (default: 1GiB).", "每个作业的输出量，含日志（默认 1GiB）。")
        case .input: Message("What the script's flows find in f.input.", "脚本中的流程从 f.input 读到的内容。")
        case .progress:
            Message(
                "Show how far uploads and scripts are: auto (on a terminal, else in the log) or never.",
                "显示上传和脚本的进度：auto（终端上显示，否则写入日志）或 never。")
        case .metrics:
            Message(
                "Where to write counts and times of calls at exit, as Prometheus text.",
                "退出时写入调用次数和耗时的文件（Prometheus 文本格式）。")
        case .maxOutput:
            Message(
                "Output of the script, logs included, such as 64MiB (default: 1GiB).",
                "脚本的输出量（含日志），例如 64MiB（默认 1GiB）。")
        case .allowRead:
            Message(
                "Let the script read files: all, or those below the paths listed.",
                "允许脚本读取文件：全部，或所列路径之下的文件。")
        case .allowWrite:
            Message(
                "Let the script write files: all, or those below the paths listed.",
                "允许脚本写入文件：全部，或所列路径之下的文件。")
        case .allowNet:
            Message(
                "Let the script call other hosts: all public ones, or those listed: a name, an address, *.example.com.",
                "允许脚本访问其他主机：全部公网主机，或所列主机（域名、地址、*.example.com）。")
        case .allowEnv:
            Message(
                "Let the script read environment variables: all, or those listed.",
                "允许脚本读取环境变量：全部，或所列变量。")
        case .denyRead: Message("Keep files closed that a grant opens.", "即使已授权，也禁止读取这些文件。")
        case .denyWrite: Message("Keep files from being written that a grant opens.", "即使已授权，也禁止写入这些文件。")
        case .denyNet: Message("Keep hosts closed that a grant opens.", "即使已授权，也禁止访问这些主机。")
        case .denyEnv: Message("Keep environment variables closed that a grant opens.", "即使已授权，也禁止读取这些环境变量。")
        case .allowToken: Message("Let the script see the access token.", "允许脚本看到 AccessToken。")
        case .allowAll: Message("Grant everything that can be granted.", "授予所有可授予的权限。")
        case .permissions: Message("A TOML file with further grants.", "包含更多授权的 TOML 文件。")
        case .requireKernelSandbox:
            Message(
                "Refuse to run where the kernel cannot confine the process.",
                "内核无法限制本进程时拒绝运行。")
        case .profile: Message("The profile of the configuration file to use.", "使用配置文件中的哪个 profile。")
        case .config: Message("The configuration file.", "配置文件。")
        case .baseURL: Message("The platform's address, instead of the profile's.", "平台地址，代替 profile 中的地址。")
        case .bindings:
            Message(
                "A bindings file, over the profile's; may be repeated.",
                "绑定文件，优先于 profile 中的绑定；可重复。")
        case .allowInsecureHTTP:
            Message(
                "Accept plain http to hosts other than this machine.",
                "允许对本机以外的主机使用明文 http。")
        case .logLevel: Message("The least important messages logged (default: info).", "记录的最低日志级别（默认 info）。")
        case .logFormat: Message("How messages are logged: text or json.", "日志和错误的格式：text 或 json。")
        case .color:
            Message(
                "When to colour standard error: auto, always or never.",
                "何时为标准错误着色：auto、always 或 never。")
        case .positionals: Message("The script and its arguments.", "脚本及其参数。")
        case .envelope: Message("Print the whole envelope instead of its data.", "输出完整的响应信封，而不只是 data。")
        case .callDryRun:
            Message(
                "Print the request instead of sending it, unless it only reads.",
                "输出请求而不发送（只读接口除外）。")
        case .noValidate:
            Message(
                "Send the body as it is, whatever the binding says of its fields.",
                "不按绑定校验字段，按原样发送请求体。")
        case .callTimeout: Message("The bound on the call, such as 30 or 5m.", "调用的时间上限，例如 30 或 5m。")
        case .saveTo: Message("Where to put the file that a download answers with.", "下载接口返回的文件的保存位置。")
        case .file: Message("A file to send as a field; may be repeated.", "作为字段发送的文件；可重复。")
        case .operation:
            Message(
                "The operation, such as production.orders.create.",
                "接口标识，例如 production.orders.create。")
        case .body: Message("The body: JSON, @FILE, or - for standard input.", "请求体：JSON、@文件名，或用 - 表示标准输入。")
        case .force: Message("Replace also what was edited by hand.", "同时覆盖手工修改过的内容。")
        case .importDryRun: Message("Print what would change instead of writing it.", "只输出将要发生的变化，不写入。")
        case .pages: Message("The pages' files.", "页面文件。")
        case .jsonArray: Message("Print a JSON array.", "输出 JSON 数组。")
        case .bound: Message("Only operations that can be called as things stand.", "只列出当前可以调用的接口。")
        case .words: Message("Words to look for in ids, titles, sections and summaries.", "在标识、标题、分类和摘要中查找的词语。")
        case .apiEmulator:
            Message(
                "Use the built-in emulator's bindings, and for a call the emulator itself.",
                "使用内置模拟器的绑定；调用时使用模拟器本身。")
        case .jsonObject: Message("Print a JSON object.", "输出 JSON 对象。")
        case .entry:
            Message(
                "The entry, such as production.orders.create.",
                "条目标识，例如 production.orders.create。")
        case .typesOutput: Message("The folder to write to.", "写入的目录。")
        case .offline: Message("Send nothing: leave out the platform and its clock.", "不发送任何请求：不检查平台及其时钟。")
        case .comparePermissions:
            Message(
                "Compare what the script needs with these grants.",
                "将脚本所需权限与此文件中的授权比较。")
        case .neededBy:
            Message(
                "A script, whose needs are told: what its comment `-- needs: --allow-read=inbox …` names.",
                "脚本；列出其注释 `-- needs: --allow-read=inbox …` 声明的所需权限。")
        case .port: Message("The port; 0 takes a free one.", "端口；0 表示任选空闲端口。")
        case .tokenTTL: Message("Seconds that a token is good for.", "令牌的有效秒数。")
        case .tokenInterval: Message("Seconds that must lie between two get-token calls.", "两次获取令牌之间必须间隔的秒数。")
        case .seed: Message("Decides keys and ids, so that a run can be repeated.", "决定密钥和标识的种子，使运行可以重现。")
        case .bindingsOut:
            Message(
                "Where to write the bindings file (default: a temporary folder).",
                "绑定文件的写入位置（默认为临时目录）。")
        case .fault:
            Message(
                "What goes wrong on purpose, such as cut-after,times=1 or status:503,chance=0.2; may be repeated.",
                "有意制造的故障，例如 cut-after,times=1 或 status:503,chance=0.2；可重复。")
        case .clockOffset:
            Message(
                "Seconds by which its clock is wrong, such as -86400.",
                "模拟器时钟的偏差秒数，例如 -86400。")
        case .ledger: Message("Append a line of JSON for each request, as it happens.", "每个请求发生时向此文件追加一行 JSON。")
        case .open: Message("Only flows with a step that may have to be resolved.", "只列出含有待判定步骤的流程。")
        case .days: Message("Days since they finished.", "结束后经过的天数。")
        case .done: Message("It took place; this is the step's result.", "该步骤已执行；这是它的结果。")
        case .retry: Message("It did not take place: the next run runs the step again.", "该步骤未执行：下次运行时重做。")
        case .flow: Message("The flow's id.", "流程标识。")
        case .step: Message("The step, as flow show names it.", "步骤，按 flow show 显示的名称。")
        case .language:
            Message(
                "The language of help and advice: en or zh (default: the locale's).",
                "帮助和提示的语言：en 或 zh（默认取自系统区域设置）。")
        case .help: Message("Show help.", "显示帮助。")
        case .version: Message("Show the version.", "显示版本。")
        case .completionScript:
            Message(
                "Print a completion script for bash, zsh or fish.",
                "输出 bash、zsh 或 fish 的补全脚本。")
        case .record:
            Message(
                "Write all HTTP traffic of the run to a file, without secrets, also when the script fails.",
                "将本次运行的全部 HTTP 流量写入文件（不含密钥），脚本失败时也会写入。")
        case .replay:
            Message(
                "Answer all HTTP requests from a recording: without network, credentials or a configuration.",
                "用录制文件应答全部 HTTP 请求：无需网络、凭据或配置。")
        case .initFolder: Message("The folder; made where it does not exist.", "目录；不存在时创建。")
        case .initForce: Message("Overwrite files that exist.", "覆盖已有文件。")
        case .initList: Message("List the files instead of writing them.", "只列出文件，不写入。")
        case .faultKinds:
            Message(
                "Kinds: {kinds}. Options: on=ID, chance=, times=, skip=, retry-after=.",
                "类型：{kinds}。选项：on=接口标识、chance=、times=、skip=、retry-after=。")
        case .ledgerMembers:
            Message(
                "Its members: time, operation, status, code, fault, performed.",
                "成员：time、operation、status、code、fault、performed。")
        case .commandWords: Message("The words of the command.", "命令的各个词。")
        case .checkFormat: Message("How to print: text, json or sarif.", "输出格式：text、json 或 sarif。")
        case .strict:
            Message(
                "Warn also of hidden variables, assigned globals, unused parameters, and operations while there are no "
                    + "bindings.",
                "还对被遮蔽的变量、被赋值的全局变量、未使用的参数以及没有绑定时的接口发出警告。")
        case .companion:
            Message(
                "Run a further checker and merge what it finds: luacheck or lua-language-server; may be repeated.",
                "另外运行一个检查工具并合并其结果：luacheck 或 lua-language-server；可重复。")
        case .scripts: Message("Scripts and folders; - for standard input.", "脚本和目录；- 表示标准输入。")
        case .filter:
            Message("Run only tests whose file and names hold this text.", "只运行文件名和测试名中包含此文本的测试。")
        case .testList: Message("List the tests, and run none.", "只列出测试，不运行。")
        case .jobs: Message("Files at a time (default: one for each processor).", "同时运行的文件数（默认每个处理器一个）。")
        case .failFast: Message("Begin no test after the first failure.", "出现第一个失败后不再开始新的测试。")
        case .shuffle:
            Message("Run files and tests in an order that follows from this number.", "按由此数字决定的顺序运行文件和测试。")
        case .testFormat: Message("The report: text, tap or junit (default: text).", "报告格式：text、tap 或 junit（默认 text）。")
        case .report:
            Message("Where to write it; standard output then has the text.", "报告的写入位置；此时标准输出仍显示文本结果。")
        case .coverage:
            Message(
                "Count the lines of scripts that run, and write them as LCOV.", "统计脚本中执行到的行，并以 LCOV 格式写入此文件。")
        case .testTimeout:
            Message("Time for a test that says nothing else (default: 10s).", "未自行设定时间的测试的时间上限（默认 10s）。")
        case .testMaxMemory:
            Message(
                "Memory for each file of tests, such as 64MiB (default: 512MiB).",
                "每个测试文件可用的内存，例如 64MiB（默认 512MiB）。")
        case .testMaxInstructions:
            Message("Lua instructions for each file (default: no limit).", "每个测试文件可执行的 Lua 指令数（默认不限）。")
        case .testMaxOutput:
            Message("Output of each file, logs included (default: 1GiB).", "每个测试文件的输出量（含日志，默认 1GiB）。")
        case .testDryRun:
            Message(
                "With a platform that is named: log operations that would change something instead of sending them.",
                "指定了平台时：会产生修改的接口只记录日志，不发送。")
        case .testPaths: Message("Files and folders of tests.", "测试文件和目录。")
        }
    }
}
