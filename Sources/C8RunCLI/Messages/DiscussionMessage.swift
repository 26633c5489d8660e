/// What there is to know of a command beyond its line.
enum DiscussionMessage: MessageKey {
    case submit, worker, queueRetry, run, repl, check, test, tokenPrint, flowResolve, emulator, apiCall, apiImport,
        apiTypes, doctor, initialize

    var message: Message {
        switch self {
        case .submit:
            Message(
                """
                Prints the job's id. The script's text is kept as it is now, with the files below its folder that it requires by \
                names written out, and with the grants and limits given here: a worker grants no more than these, and no more \
                than its own. Everything behind <script> belongs to the script. The same submission under the same id is \
                made once; another one is refused (65).
                """,
                """
                输出作业标识。保存的是脚本现在的内容、它以字面名称 require 的脚本目录下的文件，以及此处给出的授权和限制：\
                worker 的实际授权不超过这些，也不超过它自己的授权。<script> 之后的一切都属于脚本。\
                同一标识的相同提交只执行一次；内容不同则被拒绝（65）。
                """)
        case .queueRetry:
            Message(
                "Whatever a flow has done stays done. A job that may have written outside of a flow needs --even-if-written: "
                    + "look on the platform first.", "流程中已完成的步骤不会重做。可能已在流程之外执行过写操作的作业需要 --even-if-written：请先在平台上核实。")
        case .run:
            Message(
                """
                <script> is a file, or - for standard input. Everything behind it belongs to the script, which finds it \
                in ... and in the table arg. Nothing on this machine is open to a script unless it is granted; what is \
                denied stays closed, whatever is granted.
                """,
                """
                <script> 是文件名，或用 - 表示标准输入。其后的一切都属于脚本，脚本可从 ... 和表 arg 中取得。\
                未经授权，脚本不能访问本机的任何资源；被拒绝的资源无论怎样授权都不开放。
                """)
        case .repl:
            Message(
                """
                What is typed is run at once, with the grants and limits of the options, as a script would be; --timeout \
                bounds each line. Results are printed, and the last one is _. Tab completes, Control-R searches the history, \
                Control-C stops the line that runs, Control-D ends. :help tells the rest. Input that is no terminal is run \
                without a prompt, up to the first error.
                """,
                """
                输入的内容立即执行，授权和限制与脚本一样由选项决定；--timeout 限制每一行的运行时间。结果会显示出来，最近的结果存于 _。\
                Tab 补全，Control-R 搜索历史，Control-C 中止正在运行的一行，Control-D 结束。其余说明见 :help。标准输入不是终端时不显示提示符，\
                并在第一个错误处结束。
                """)
        case .check:
            Message(
                """
                Syntax, names that nothing defines or uses, modules and their functions, operations and the bodies of calls, \
                and the grants that a script needs. Of a folder, all of its .lua files are checked; - reads standard input. \
                Operations are held against the profile's bindings, those of --bindings, or the emulator's. An error or a \
                warning ends with 65; information does not.
                """,
                """
                检查语法、未定义或未使用的名称、模块及其函数、接口及其请求体，并列出脚本所需的授权。给出目录时检查其中所有 .lua 文件；\
                用 - 表示标准输入。接口按 profile 的绑定、--bindings 给出的绑定或模拟器的绑定核对。有错误或警告时退出码为 65，仅有提示信息时为 0。
                """)
        case .test:
            Message(
                """
                Runs the files named, and all *_test.lua below the folders named (default: the working directory). Each test \
                has an emulator of its own; no other platform is called unless --profile, --config or --base-url names one. \
                Nothing on this machine is open to tests unless it is granted, but for the folders of test.temp_dir. A test \
                that fails ends with 65, and so does a run that finds none.
                """,
                """
                运行给出的文件，以及给出的目录（默认为当前目录）下的所有 *_test.lua。每个测试使用各自的模拟器；只有用 --profile、--config 或 \
                --base-url 指定平台时，才会调用该平台。未经授权，测试不能访问本机的任何资源，test.temp_dir 的目录除外。\
                有测试失败或没有找到测试时，退出码为 65。
                """)
        case .worker:
            Message(
                """
                Takes jobs from the queue that the configuration's state keeps, and runs them in this process, each in a Lua \
                state of its own. A job may do what both its own grants and those given here allow, within the smaller \
                limits of the two. SIGTERM ends the worker once its jobs have ended, or gives them back after --drain; a \
                second signal gives them back at once. A job that ends with 69 or 75 is tried again later, unless it may \
                have written outside of a flow.
                """,
                """
                从配置的状态所保存的队列中取出作业，在本进程中运行，每个作业使用各自的 Lua 状态。作业只能做其自身授权与此处授权都允许的事，\
                限制取两者中较小的。收到 SIGTERM 后，worker 等作业结束再退出，超过 --drain 则交还作业；第二个信号会立即交还。\
                以 69 或 75 结束的作业稍后重试，除非它可能已在流程之外写入。
                """)
        case .tokenPrint:
            Message(
                "Whoever sees the output can act as the application until the token expires.",
                "在令牌过期之前，看到输出的人都能以该应用的身份调用接口。")
        case .flowResolve:
            Message(
                "Look the step up on the platform first: c8run flow show ID names the operation and its traceId. As long as the "
                    + "flow has not been run since, saying it again replaces what was said.",
                "请先在平台上核实该步骤：c8run flow show ID 会给出接口和 traceId。在流程再次运行之前，可以重新判定，以最后一次为准。")
        case .emulator:
            Message(
                """
                Prints its address, an access key and a secret key when it listens, as lines that a shell can read. It \
                keeps orders and codes in memory and forgets them at its end.
                """,
                """
                开始监听后，以 shell 可直接读取的形式输出地址、access key 和 secret key。订单和数码只保存在内存中，\
                结束后即丢失。
                """)
        case .apiCall:
            Message(
                """
                The body is JSON: the argument itself, @FILE for a file's content, or - for standard input. Without one \
                it has no fields.
                """, "请求体为 JSON：可直接写在参数中，用 @文件名 读取文件，或用 - 读取标准输入。不给出时请求体不含字段。")
        case .apiImport:
            Message(
                """
                A page is a file: Markdown as the documentation's site exports it, a text dump of it, or HTML saved from \
                a browser; - reads standard input. What was edited by hand in the bindings file is kept. The effect of \
                each operation is guessed from its title and marked so: look at it before you rely on it.
                """,
                """
                页面是文件：文档站点导出的 Markdown、页面的纯文本，或浏览器保存的 HTML;- 表示标准输入。绑定文件中手工\
                修改过的内容会保留。各接口的 effect 由标题推测并带有标记：使用前请先核对。
                """)
        case .apiTypes:
            Message(
                """
                Prints one file of definitions, or with --output writes a folder for the setting Lua.workspace.library, \
                in which require "c8.json" and its like are found too. Operations have the fields of their bindings: run \
                it again after an import.
                """,
                """
                输出单个定义文件；使用 --output 时写入一个目录，供编辑器设置 Lua.workspace.library 使用，其中也能找到 \
                require "c8.json" 等模块。接口字段取自绑定：导入之后请重新运行。
                """)
        case .doctor:
            Message(
                "Sends one request without credentials to the platform's address, and changes nothing.",
                "向平台地址发送一个不带凭据的请求；不做任何修改。")
        case .initialize:
            Message(
                """
                Writes a folder in which everything runs at once on the built-in emulator. A file that exists is never \
                overwritten without --force: then nothing is written at all.
                """, "生成一个可立即在内置模拟器上运行的目录。未使用 --force 时绝不覆盖已有文件：只要有一个文件已存在，就什么都不写。")
        }
    }
}
