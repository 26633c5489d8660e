import Foundation
import Testing

/// The real binary on a terminal, and on a pipe.
@Suite struct ReplTests {
    private static let interrupt = "\u{3}"
    private static let up = "\u{1b}[A"

    /// Starts a session with a state folder of its own.
    private static func start(_ options: [String] = ["--emulator"], folder: Folder) async throws -> Terminal {
        let terminal = try Terminal(
            ["repl"] + options, environment: ["XDG_STATE_HOME": folder.url.path], folder: folder.url)
        try await terminal.expect(":help tells more")
        try await terminal.expect("> ")
        return terminal
    }

    @Test func linesAreEvaluatedAndControlDEnds() async throws {
        let terminal = try await Self.start(folder: try Folder())
        try await terminal.line("1 + 1", shows: "\r\n2\r\n")
        try await terminal.line("x = {name = '中文', n = 3}", shows: "\r\n")
        try await terminal.line("x", shows: "{n = 3, name = \"中文\"}\r\n")
        try await terminal.line("local y = 5", shows: "\r\n")
        try await terminal.line("y * _.n", shows: "\r\n15\r\n")
        try await terminal.line("io.write('op' .. 'en')", shows: "open")
        terminal.type("\u{4}")
        #expect(try await terminal.status() == 0)
    }

    @Test func textOfSeveralLinesIsRunAtItsEnd() async throws {
        let folder = try Folder()
        let terminal = try await Self.start(folder: folder)
        terminal.type("for i = 1, 2 do\r")
        try await terminal.expect(">> ")
        terminal.type("print('n' .. i)\r")
        try await terminal.expect(">> ")
        try await terminal.line("end", shows: "n1\r\nn2\r\n")
        // One entry of the history, recalled as a whole.
        terminal.type(Self.up)
        try await terminal.expect("end")
        try await terminal.line("", shows: "n1\r\nn2\r\n")
        #expect(try folder.read("c8run/repl_history") == "for i = 1, 2 do\\nprint('n' .. i)\\nend\n")
        terminal.type("\u{4}")
        #expect(try await terminal.status() == 0)
    }

    @Test func errorsKeepTheSession() async throws {
        let terminal = try await Self.start(folder: try Folder())
        try await terminal.line("z = 1 error('boom')", shows: "stdin:1: boom")
        try await terminal.line("x = = 1", shows: "stdin:1: unexpected symbol near")
        try await terminal.line("z", shows: "\r\n1\r\n")
        try await terminal.line(":nonsense", shows: "there is no :nonsense")
        terminal.type(":quit\r")
        #expect(try await terminal.status() == 0)
    }

    @Test(arguments: ["while true do end", "('a'):rep(200):find(('.-'):rep(20) .. 'b')", "c8.task.sleep(3600)"])
    func controlCStopsTheLineThatRuns(_ line: String) async throws {
        let terminal = try await Self.start(folder: try Folder())
        try await terminal.line("kept = 7", shows: "\r\n")
        terminal.type("print('be' .. 'gun'); \(line)\r")
        try await terminal.expect("begun\r\n")
        terminal.type(Self.interrupt)
        try await terminal.expect("cancelled")
        try await terminal.expect("> ")
        try await terminal.line("kept", shows: "\r\n7\r\n")
        terminal.type("\u{4}")
        #expect(try await terminal.status() == 0)
    }

    @Test func controlCAtThePromptGivesTheLineUp() async throws {
        let terminal = try await Self.start(folder: try Folder())
        terminal.type("print('never')\(Self.interrupt)")
        try await terminal.expect("> ")
        terminal.type("if true then\r")
        try await terminal.expect(">> ")
        terminal.type(Self.interrupt)
        try await terminal.expect("> ")
        try await terminal.line("6 * 7", shows: "\r\n42\r\n")
        terminal.type("\u{4}")
        #expect(try await terminal.status() == 0)
    }

    @Test func tabCompletes() async throws {
        let terminal = try await Self.start(folder: try Folder())
        try await terminal.line("c8.js\t.dec\t('[1,2]')", shows: "\r\n{1, 2}\r\n")
        try await terminal.line("answer = 6 * 7", shows: "\r\n")
        try await terminal.line("ans\t", shows: "\r\n42\r\n")
        // Only what is new is sent to the screen.
        terminal.type("c8.production.orders.create{ prod\t")
        try await terminal.expect("Code = ")
        terminal.type(Self.interrupt)
        try await terminal.expect("> ")
        terminal.type("p\t")
        try await terminal.expect("pcall")
        try await terminal.expect("> ")
        terminal.type(Self.interrupt)
        try await terminal.expect("> ")
        terminal.type("\u{4}")
        #expect(try await terminal.status() == 0)
    }

    @Test func chineseIsEdited() async throws {
        let terminal = try await Self.start(folder: try Folder())
        // 中国文 with 国 deleted and 字 put at the end, within quotes.
        terminal.type("'中国文'\u{1b}[D\u{1b}[D\u{7f}\u{5}\u{1b}[D字\u{5}\r")
        try await terminal.expect("\r\n\"中文字\"\r\n")
        try await terminal.expect("> ")
        terminal.type("\u{4}")
        #expect(try await terminal.status() == 0)
    }

    @Test func platformIsThere() async throws {
        let terminal = try await Self.start(folder: try Folder())
        try await terminal.line(
            "c8.production.orders.create{orderNo = 'A-1', productCode = 'S', quantity = 1}.orderNo",
            shows: "\"A-1\"\r\n")
        try await terminal.line(":type c8.production.orders.create", shows: "productCode")
        try await terminal.line(":doc c8.json.decode", shows: "json.decode(text)")
        terminal.type("\u{4}")
        #expect(try await terminal.status() == 0)
    }

    @Test func pasteIsOneText() async throws {
        let terminal = try await Self.start(folder: try Folder())
        terminal.type("\u{1b}[200~local a = 1\n\tlocal b = 2\nprint('sum', a + b)\u{1b}[201~")
        try await terminal.expect("a + b)")
        try await terminal.line("", shows: "sum\t3\r\n")
        terminal.type("\u{4}")
        #expect(try await terminal.status() == 0)
    }

    @Test func historyIsSearchedAndOutlivesTheSession() async throws {
        let folder = try Folder()
        let first = try await Self.start(folder: folder)
        try await first.line("needle = 'found'", shows: "\r\n")
        try await first.line("other = 2", shows: "\r\n")
        try await first.line(" blank = 'first'", shows: "\r\n")
        try await first.line("secret = 'no'", shows: "\r\n")
        first.type("\u{4}")
        #expect(try await first.status() == 0)
        #expect(try folder.read("c8run/repl_history") == "needle = 'found'\nother = 2\n")
        let second = try await Self.start(folder: folder)
        second.type("\u{12}need")
        try await second.expect("found")
        second.type("\r")
        try await second.expect("> ")
        try await second.line("needle", shows: "\"found\"\r\n")
        second.type("\u{4}")
        #expect(try await second.status() == 0)
    }

    @Test func exitEndsWithItsStatus() async throws {
        let terminal = try await Self.start(folder: try Folder())
        terminal.type("os.exit(7)\r")
        #expect(try await terminal.status() == 7)
    }

    @Test(arguments: [false, true])
    func terminationEndsTheProgram(_ isRunning: Bool) async throws {
        let terminal = try await Self.start(folder: try Folder())
        if isRunning {
            terminal.type("print('be' .. 'gun') while true do end\r")
            try await terminal.expect("begun")
        }
        terminal.signal(SIGTERM)
        #expect(try await terminal.status() == 143)
    }

    @Test func limitBeginsASessionAnew() async throws {
        let terminal = try await Self.start(["--max-memory", "32MiB", "--timeout", "1s"], folder: try Folder())
        try await terminal.line("kept = 1 while true do end", shows: "time limit")
        try await terminal.line("kept", shows: "\r\n1\r\n")
        try await terminal.line("s = ('x'):rep(1e9)", shows: "the session is over")
        try await terminal.line("kept", shows: "\r\nnil\r\n")
        terminal.type("\u{4}")
        #expect(try await terminal.status() == 0)
    }

    @Test func fileIsLoadedIntoTheSession() async throws {
        let folder = try Folder()
        _ = try folder.file("good.lua", "#!/usr/bin/env c8run\nloaded = 6\nlocal own = 7\n")
        _ = try folder.file("bad.lua", "local a = 1\r\nerror('bo' .. 'om')\n")
        _ = try folder.file("broken.lua", "local = 1\n")
        let terminal = try await Self.start(folder: folder)
        try await terminal.line(":load good.lua", shows: "\r\n")
        try await terminal.line("loaded * own", shows: "\r\n42\r\n")
        // The error shows the line of the file.
        try await terminal.line(":load bad.lua", shows: "bad.lua:2: boom\r\n  2 | error('bo' .. 'om')\r\n")
        try await terminal.line(":load broken.lua", shows: "\r\n  1 | local = 1\r\n")
        try await terminal.line(":load missing.lua", shows: "cannot read the script missing.lua")
        try await terminal.line(":load", shows: ":load needs a file behind it")
        try await terminal.line("loaded", shows: "\r\n6\r\n")
        terminal.type("\u{4}")
        #expect(try await terminal.status() == 0)
    }

    @Test func resetForgetsAndClearClears() async throws {
        let terminal = try await Self.start(folder: try Folder())
        try await terminal.line("kept, package.loaded.x = 1, 2", shows: "\r\n")
        try await terminal.line("local own = 3", shows: "\r\n")
        try await terminal.line(":reset", shows: "\r\n")
        try await terminal.line("{kept, own, package.loaded.x}", shows: "\r\n{}\r\n")
        try await terminal.line("kept = 4", shows: "\r\n")
        try await terminal.line(":clear", shows: "\u{1b}[H\u{1b}[2J")
        try await terminal.line("kept", shows: "\r\n4\r\n")
        terminal.type("\u{4}")
        #expect(try await terminal.status() == 0)
    }

    /// By a shell with jobs: a session of its own, as a lone program has, cannot be stopped.
    @Test func controlZStopsUntilItIsContinued() async throws {
        let folder = try Folder()
        let path = URL(fileURLWithPath: CommandRun.binary).deletingLastPathComponent().path + ":/usr/bin:/bin"
        let terminal = try Terminal(
            ["--norc", "--noprofile", "--noediting", "-i"], program: "/bin/bash",
            environment: ["XDG_STATE_HOME": folder.url.path, "PATH": path, "PS1": "shell$ "], folder: folder.url)
        try await terminal.expect("shell$ ")
        terminal.type("c8run repl --emulator\r")
        try await terminal.expect(":help tells more")
        try await terminal.expect("> ")
        try await terminal.line("kept = 8", shows: "\r\n")
        terminal.type("ke\u{1a}")
        try await terminal.expect("Stopped")
        try await terminal.expect("shell$ ")
        terminal.type("fg\r")
        try await terminal.expect("> ")
        // What was typed by then is still there.
        terminal.type("pt\r")
        try await terminal.expect("\r\n8\r\n")
        try await terminal.expect("> ")
        terminal.type("\u{4}")
        try await terminal.expect("shell$ ")
        terminal.type("exit\r")
        #expect(try await terminal.status() == 0)
    }

    @Test func linesAreReadWithoutTheLibraryThatEditsThem() async throws {
        let folder = try Folder()
        // What the loader finds first is no library.
        for name in ["libedit.so.2", "libedit.so.0", "libedit.so"] { _ = try folder.file("none/\(name)", "no library") }
        let terminal = try Terminal(
            ["repl", "--emulator"],
            environment: ["XDG_STATE_HOME": folder.url.path, "LD_LIBRARY_PATH": folder.url.path + "/none"],
            folder: folder.url)
        try await terminal.expect("libedit is not installed")
        try await terminal.expect("lines are read without editing")
        terminal.type("x = 20\r")
        terminal.type("x + 22\r")
        try await terminal.expect("\r\n42\r\n")
        terminal.type("\u{4}")
        #expect(try await terminal.status() == 0)
    }

    // MARK: - Without a terminal

    static let pipes: [(input: String, output: String, status: Int32)] = [
        ("1 + 1\nx = {1,\n2}\nx\n", "2\n{1, 2}\n", 0),
        ("print(1)\nerror('no', 0)\nprint(2)\n", "1\n", 1),
        ("if true then", "", 65),
        ("local a = 1\na", "1\n", 0),
        ("", "", 0),
        (":time 1\n:nonsense\nprint(2)\n", "", 64), ("x = 1\n:reset\nx\n", "nil\n", 0),
        ("os.exit(9)\nprint(1)\n", "", 9),
    ]

    @Test(arguments: pipes)
    func pipeIsRunUpToTheFirstError(_ input: String, _ output: String, _ status: Int32) async throws {
        let run = try await CommandRun.c8run("repl", input: input)
        #expect(run.status == status, "\(run.errors)")
        if !input.hasPrefix(":time") { #expect(run.output == output) }
    }

    @Test func grantsHoldAndCodeRunsFirst() async throws {
        let denied = try await CommandRun.c8run("repl", input: "c8.fs.read('README.md')\n")
        #expect(denied.status == 77)
        let allowed = try await CommandRun.c8run(
            "repl", "--allow-read=README.md", "-e", "local n = 7", input: "#c8.fs.read('README.md') > n\n")
        #expect(allowed.output == "true\n", "\(allowed.errors)")
        let script = try await CommandRun.c8run("repl", "a.lua")
        #expect(script.status == 64 && script.errors.contains(":load a.lua"), "\(script.errors)")
    }
}
