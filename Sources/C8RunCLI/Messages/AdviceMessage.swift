/// Advice that stands within what other rooms say: the English is theirs, by which it is recognised. Where the language is
/// another, it is told once more below the error.
enum AdviceMessage: MessageKey {
    case grant, nearest, nearestInParentheses, operations, modules, secretVariable, deniedVariable, denied, deniedByList
    case ownAddress, leadsOut, kernelFile, specialFile, ownFile, noFilesOrProcesses, noFiles, noEnvironment
    case secretForOne, secretInClear, linkLocal, plainHTTP, noSetting, missingSetting, importPage, testsAlone
    case resolve, mismatch, flows, flow, recording, uploadInDoubt, uploadKept, uploadRejected, tokenWait
    case jobOther, jobUnknown, jobState, jobMayWrite
    case stateLocked, stateReadOnly, stateFull, stateDamaged, stateForeign, stateNewer, stateUnusable
    case databaseURL, databaseLibrary, databaseUser, databaseCertificate, databaseAway, databaseVersion,
        databaseEncoding
    case databaseRights, databaseFull, databaseNewer, databaseOlder, databaseLog

    var message: Message {
        switch self {
        case .grant: Message("run again with {option} to allow it", "如需允许，请加上 {option} 重新运行")
        case .nearest: Message("; did you mean {name}?", "是否想写 {name}？")
        case .nearestInParentheses: Message(" (did you mean {name}?)", "是否想写 {name}？")
        case .operations: Message("c8run api list shows them all", "c8run api list 列出全部接口")
        case .modules: Message("not found: not one of {names}", "可用的模块有 {names} 等")
        case .secretVariable: Message("it holds a secret, which no grant opens", "其中保存着密钥，任何授权都不能开放")
        case .deniedVariable:
            Message("--deny-env closes it; leave that out to allow it", "它被 --deny-env 禁止；如需允许，请去掉该选项")
        case .denied: Message("{option} forbids it, whatever is allowed", "无论怎样授权，{option} 都会禁止它")
        case .deniedByList: Message("--deny-{option} forbids it", "它被 --deny-{option} 禁止")
        case .ownAddress:
            Message(
                "which only a grant that names it opens: run again with {option} as well",
                "该地址只能由明确列出它的授权开放：请同时加上 {option} 重新运行")
        case .leadsOut:
            Message(
                "a link in the path leads out of what {option} grants; grant the place it leads to as well",
                "路径中的链接指向 {option} 授权范围之外；请同时授权它所指向的位置")
        case .kernelFile:
            Message(
                "it is a face of the kernel (/proc, /sys and their like), which no grant opens",
                "它属于内核（/proc、/sys 等），任何授权都不能开放")
        case .specialFile:
            Message("it is a FIFO, a socket or a device, which no grant opens", "它是 FIFO、套接字或设备，任何授权都不能开放")
        case .ownFile:
            Message(
                "it belongs to c8run itself (state, configuration or keys), which no grant opens",
                "它属于 c8run 自身（状态、配置或密钥），任何授权都不能开放")
        case .noFilesOrProcesses:
            Message("files and processes are denied by default", "默认禁止访问文件和进程；读写文件请用 c8.fs")
        case .noFiles: Message("files are denied by default", "默认禁止访问文件；读写文件请用 c8.fs")
        case .noEnvironment: Message("the environment is denied by default", "默认禁止读取环境变量")
        case .secretForOne: Message("it is for {host} alone", "该密钥只能发往 {host}")
        case .secretInClear: Message("use https, so that nobody on the way reads it", "请使用 https，以免途中被人读取")
        case .linkLocal: Message("it is a link-local address", "它是链路本地地址")
        case .plainHTTP:
            Message(
                "plain http is accepted for this machine alone: use https://, or --allow-insecure-http",
                "只对本机接受明文 http：请使用 https://，或加上 --allow-insecure-http")
        case .noSetting: Message("no {key}: set {ways}, or", "缺少 {key}：请设置 {ways}，或写入配置文件的 profile")
        case .missingSetting:
            Message("missing: add it to the profile, or set {ways}", "请在 profile 中添加它，或设置 {ways}")
        case .importPage:
            Message(
                "import the page with c8run api import, or write its method, path and fields into a bindings file",
                "请用 c8run api import 导入该页面，或将其方法、路径和字段写入绑定文件")
        case .testsAlone: Message("c8.test is there under c8run test alone", "c8.test 只在 c8run test 中可用")
        case .resolve:
            Message(
                "if it took place: {done} --done JSON (the step's result), if it did not: {retry} --retry; and run the script "
                    + "again", "若已执行：{done} --done JSON（该步骤的结果）；若未执行：{retry} --retry；然后重新运行脚本")
        case .mismatch:
            Message(
                "run the script that began the flow, or remove the flow with: c8run flow forget",
                "请运行启动该流程的脚本，或用 c8run flow forget 删除该流程")
        case .flows: Message("in the journal: see c8run flow list", "c8run flow list 列出所有流程")
        case .jobOther:
            Message(
                "take another id, or look at it with: c8run queue show", "请换一个标识，或用 c8run queue show 查看该作业")
        case .jobUnknown: Message("in the queue: see c8run queue list", "c8run queue list 列出所有作业")
        case .jobState: Message(": see c8run queue show", "c8run queue show 显示该作业")
        case .jobMayWrite:
            Message(
                "find out whether it has, then say --even-if-written to run it again",
                "请核实是否已经执行；然后加上 --even-if-written 再次运行")
        case .flow: Message("in the journal: see c8run flow show", "c8run flow show 列出流程的步骤")
        case .recording:
            Message("record it again with --record, or mend it by hand", "请用 --record 重新录制，或手工修正")
        case .uploadInDoubt:
            Message(
                "Look at the platform whether it has them and resolve the step, or give the upload a verify function; then run "
                    + "it again", "请在平台上核实这些数码后判定该步骤，或为上传提供 verify 函数；然后重新运行")
        case .uploadKept: Message("What was accepted is kept: run it again", "已接受的部分会保留：请在可用时重新运行")
        case .uploadRejected:
            Message(
                "look at the operation, the body and the order, then run it again", "请检查接口、请求体和订单，然后重新运行")
        case .tokenWait:
            Message("see what they log, and end the one that is stopped", "请查看这些进程的日志，并结束已停止的进程")
        case .stateLocked:
            Message(
                "see which process has it open, as with fuser {path}, and end it if it is stopped",
                "请查看哪个进程打开了它（例如 fuser {path}），若该进程已停止，请结束它")
        case .stateReadOnly:
            Message(
                "make it writable for this user, or name another folder with C8_STATE", "请让当前用户可写，或用 C8_STATE 指定其他目录")
        case .stateFull:
            Message("make room on the disk, or name another folder with C8_STATE", "请腾出磁盘空间，或用 C8_STATE 指定其他目录")
        case .stateDamaged:
            Message(
                "the next run moves it aside and begins anew; look after the disk", "下次运行会将其移开并重新开始；请检查磁盘")
        case .stateForeign:
            Message(
                "make it this user's own and closed to others (chown, chmod go-w), or name another folder with C8_STATE",
                "请改为当前用户所有且他人不可写（chown、chmod go-w），或用 C8_STATE 指定其他目录")
        case .stateNewer:
            Message("use that version, or name another folder with C8_STATE", "请使用该版本，或用 C8_STATE 指定其他目录")
        case .stateUnusable:
            Message(
                "make the folder writable for you alone, or name another with C8_STATE",
                "请让该目录仅对当前用户可写，或用 C8_STATE 指定其他目录")
        case .databaseURL:
            Message(
                "write state = \"postgres://user@host:5432/database\", and see that the database exists",
                "请写成 state = \"postgres://user@host:5432/database\"，并确认该数据库存在")
        case .databaseLibrary: Message("install it, or give a folder as the state", "请安装它，或改用目录保存状态")
        case .databaseUser:
            Message(
                "check user and password (state_password_file, state_password_command or ~/.pgpass), and the server's "
                    + "pg_hba.conf",
                "请检查用户名和密码（state_password_file、state_password_command 或 ~/.pgpass），以及服务器的 pg_hba.conf")
        case .databaseCertificate:
            Message(
                "give the authority's certificate with sslrootcert=FILE in the URL, or say with sslmode=… that it need not be "
                    + "verified", "请在 URL 中用 sslrootcert=FILE 给出颁发机构的证书，或用 sslmode=… 声明无需验证")
        case .databaseAway:
            Message("see that the server runs and can be reached, then try again", "请确认服务器正在运行且可以访问，然后重试")
        case .databaseVersion: Message("use PostgreSQL 13 or newer", "请使用 PostgreSQL 13 或更新版本")
        case .databaseEncoding:
            Message(
                "create the database with: createdb -E UTF8 -T template0", "请用 createdb -E UTF8 -T template0 创建数据库")
        case .databaseRights:
            Message(
                "let the database's owner run: c8run state migrate, or GRANT the user what is missing",
                "请由数据库所有者运行 c8run state migrate，或用 GRANT 授予该用户所缺的权限")
        case .databaseFull: Message("make room on the database server's disk", "请腾出数据库服务器的磁盘空间")
        case .databaseNewer: Message("update c8run on this machine", "请更新本机的 c8run")
        case .databaseOlder: Message("run: c8run state migrate", "请运行 c8run state migrate")
        case .databaseLog: Message("look into the server's log", "请查看服务器日志")
        }
    }

    /// The advice within a text in the language of this task; nil where there is none, or the text is in that language.
    static func within(_ text: String) -> String? {
        guard Language.current != .english else { return nil }
        for key in allCases {
            if let values = key.message.values(within: text) { return key.text(values) }
        }
        return nil
    }
}
