import Foundation
import Testing

/// Completions by real shells with the scripts that c8run prints.
@Suite struct CompletionTests {
    /// A script of a shell with c8run in its PATH; nil where the shell is not installed.
    private func shell(_ name: String, _ source: String, _ folder: Folder) throws -> [String]? {
        let binary = "/usr/bin/\(name)"
        guard FileManager.default.isExecutableFile(atPath: binary) else { return nil }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: binary)
        process.arguments = (name == "zsh" ? ["-f"] : name == "bash" ? ["--norc"] : ["--no-config"]) + ["-c", source]
        process.environment = [
            "PATH": URL(fileURLWithPath: CommandRun.binary).deletingLastPathComponent().path + ":/usr/bin:/bin",
            "HOME": folder.url.path, "XDG_CONFIG_HOME": folder.url.path, "LC_ALL": "C.UTF-8",
        ]
        process.currentDirectoryURL = folder.url
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
    }

    /// The scripts by the shells' names, made once.
    private static let scripts = Task {
        var scripts: [String: String] = [:]
        for name in ["bash", "zsh", "fish"] {
            scripts[name] = try await CommandRun.c8run("--generate-completion-script", name).output
        }
        return scripts
    }

    private func surroundings() async throws -> Folder {
        let folder = try Folder()
        _ = try folder.file("flow.lua", "")
        _ = try folder.file("script.lua", "")
        _ = try folder.file("notes.txt", "")
        _ = try folder.file(
            "c8run/config.toml", "[profiles.factory]\nbase_url = \"https://a.example\"\n[profiles.fair]\n")
        for (name, script) in try await Self.scripts.value { _ = try folder.file("completion.\(name)", script) }
        return folder
    }

    static let cases: [(line: String, expected: [String], never: [String])] = [
        ("c8run to", ["token"], []), ("c8run api ", ["list", "show", "call", "import", "types"], []),
        ("c8run api show production.orders.cr", ["production.orders.create"], ["production.orders.get"]),
        ("c8run api call --prof", ["--profile"], []), ("c8run token status --profile fa", ["factory", "fair"], []),
        ("c8run run fl", ["flow.lua"], ["notes.txt"]), ("c8run run --color ", ["auto", "always", "never"], []),
        ("c8run scr", ["script.lua"], ["notes.txt"]), ("c8run --emul", ["--emulator"], []),
        ("c8run check fl", ["flow.lua"], ["notes.txt"]), ("c8run check --format ", ["text", "json", "sarif"], []),
        ("c8run check --with ", ["luacheck"], []), ("c8run test scr", ["script.lua"], ["notes.txt"]),
        ("c8run test --format ", ["text", "tap", "junit"], []), ("c8run test --output no", ["notes.txt"], []),
        ("c8run help ", ["run", "api", "doctor"], ["flow.lua"]), ("c8run help to", ["token"], ["doctor"]),
        ("c8run help api ", ["list", "import"], ["doctor"]), ("c8run help api sh", ["show"], ["list"]),
        ("c8run help doctor ", [], ["list", "flow.lua"]), ("c8run check --log-level ", ["debug", "warning"], []),
        ("c8run --log-level de", ["debug"], ["warning"]), ("c8run --profile fa", ["factory", "fair"], []),
        ("c8run test --profile fac", ["factory"], ["fair"]), ("c8run repl --profile ", ["factory", "fair"], []),
        ("c8run --log-format ", ["text", "json"], ["run", "test"]), ("c8run --emulator t", [], ["test", "token"]),
        ("c8run re", ["repl"], []), ("c8run init --", ["--force", "--list"], ["--timeout"]),
    ]

    @Test(arguments: cases)
    func bashCompletes(_ line: String, _ expected: [String], _ never: [String]) async throws {
        let folder = try await surroundings()
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let source = """
            source completion.bash
            COMP_WORDS=(\(words.map { "'\($0)'" }.joined(separator: " ")))
            COMP_CWORD=\(words.count - 1) COMP_LINE='\(line)' COMP_POINT=\(line.utf8.count) COMP_TYPE=9
            _c8run_or_run c8run '\(words.last ?? "")' '\(words.dropLast().last ?? "")'
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let found = try #require(try shell("bash", source, folder))
        for word in expected { #expect(found.contains(word), "\(line): \(found)") }
        for word in never { #expect(!found.contains(word), "\(line): \(found)") }
    }

    @Test(arguments: cases)
    func fishCompletes(_ line: String, _ expected: [String], _ never: [String]) async throws {
        let folder = try await surroundings()
        let source = "source completion.fish; complete -C '\(line)'"
        // Without a terminal, fish cannot tell c8run where the cursor is; and options of a run it knows behind the word alone.
        guard !line.contains("show") && !line.contains("--profile") && !line.hasPrefix("c8run --"),
            let lines = try shell("fish", source, folder)
        else { return }
        let found = lines.map { String($0.prefix { $0 != "\t" }) }
        for word in expected { #expect(found.contains(word), "\(line): \(found)") }
        for word in never { #expect(!found.contains(word), "\(line): \(found)") }
    }

    /// A person's shell on a terminal: keys, the Tab key, and what it adds to the line.
    @Test(arguments: ["zsh", "fish"])
    func tabKeyCompletesAtATerminal(_ name: String) async throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/\(name)") else { return }
        let folder = try await surroundings()
        let path = URL(fileURLWithPath: CommandRun.binary).deletingLastPathComponent().path + ":/usr/bin:/bin"
        let shell = try Terminal(
            [name == "zsh" ? "-f" : "--no-config"], program: "/usr/bin/\(name)",
            environment: [
                "PATH": path, "HOME": folder.url.path, "XDG_CONFIG_HOME": folder.url.path, "LC_ALL": "C.UTF-8",
            ], folder: folder.url)
        if name == "zsh" { shell.type("autoload -U compinit; compinit -u -d ./dump; bindkey -e\r") }
        shell.type("source ./completion.\(name); echo re'a'dy\r")
        try await shell.expect("ready")
        shell.type("c8run token status --profile fac\t")
        try await shell.expect("tory")
        // Control-U: Control-C could take with it what is typed behind it.
        shell.type("\u{15}exit\r")
        _ = try await shell.status()
    }

    @Test func zshReadsTheScript() async throws {
        let folder = try await surroundings()
        let source = "autoload -U compinit && compinit -u -d dump && source ./completion.zsh; whence -w _c8run"
        guard let lines = try shell("zsh", source, folder) else { return }
        #expect(lines.contains("_c8run: function"), "\(lines)")
    }
}
