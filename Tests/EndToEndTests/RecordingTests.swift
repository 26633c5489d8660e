import C8Emulator
import Foundation
import ScriptedServer
import Testing

/// `--record` and `--replay` in the real binary, behind the kernel's wall.
@Suite struct RecordingTests {
    private static let script = """
        local json, task = require "c8.json", require "c8.task"
        local order = c8.production.orders.create{orderNo = "R-1", productCode = "S", quantity = 5}
        print(json.encode(order, {sort_keys = true}))
        print(select(2, pcall(c8.production.orders.create, {orderNo = "R-1", productCode = "S", quantity = 5})))
        for item in c8.pages("production.orders.list", {}) do print(item.orderNo) end
        local tasks = {}
        for i = 1, 8 do
          tasks[i] = task.spawn(function() return c8.production.orders.get{orderNo = i < 5 and "R-1" or "none"} end)
        end
        for i = 1, 8 do
          local ok, result = pcall(tasks[i].await, tasks[i])
          print(ok, ok and result.orderNo or result.message)
        end
        print(c8.profile)
        """

    private static func mode(of path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test func replayNeedsNeitherPlatformNorConfiguration() async throws {
        let (recorded, folder) = try await Surroundings.with { surroundings in
            let run = try await CommandRun.c8run(
                "--record", "tape.json", "-e", Self.script, environment: surroundings.environment,
                folder: surroundings.folder)
            let tape = try surroundings.folder.read("tape.json")
            for canary in [
                surroundings.emulator.secretKey, surroundings.emulator.secretKeySign, surroundings.emulator.accessKey,
            ] {
                #expect(!tape.contains(canary))
            }
            // The token's three parts begin with this.
            #expect(!tape.contains("eyJ"))
            #expect(tape.contains("\"accessToken\": \"‹secret:accessToken›\""))
            #expect(!tape.contains("127.0.0.1"))
            #expect(try Self.mode(of: surroundings.folder.url.path + "/tape.json") == 0o600)
            let names = try FileManager.default.contentsOfDirectory(atPath: surroundings.folder.url.path)
            #expect(Set(names) == ["tape.json", "bindings.json", "state"])
            return (run, surroundings.folder)
        }
        #expect(recorded.status == 0, "\(recorded.errors)")
        // Nothing of the environment leads anywhere; the folder is left as it was.
        let replayed = try await CommandRun.c8run(
            "--replay", "tape.json", "--bindings", "bindings.json", "--require-kernel-sandbox", "--log-level", "debug",
            "-e", Self.script, folder: folder)
        #expect(replayed.output == recorded.output)
        #expect(replayed.status == 0, "\(replayed.errors)")
        #expect(!replayed.errors.contains("not asked for"), "\(replayed.errors)")
        // Any grant of the network is of no use to a replay.
        let granted = try await CommandRun.c8run(
            "--replay", "tape.json", "--bindings", "bindings.json", "-A", "-e", Self.script, folder: folder)
        #expect(granted.output == recorded.output)
        // Another platform is as good.
        let elsewhere = try await CommandRun.c8run(
            "--replay", "tape.json", "--bindings", "bindings.json", "-e", Self.script,
            environment: [
                "C8_BASE_URL": "https://other.example/prefix", "C8_ACCESS_KEY": "k",
                "C8_STATE": folder.url.path + "/other",
            ], folder: folder)
        #expect(elsewhere.output == recorded.output)
        #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/other"))
    }

    @Test func emulatorOfTheProcessIsRecordedAndReplayed() async throws {
        let folder = try Folder()
        let recorded = try await CommandRun.c8run("--emulator", "--record=t.json", "-e", Self.script, folder: folder)
        #expect(recorded.status == 0, "\(recorded.errors)")
        let replayed = try await CommandRun.c8run("--emulator", "--replay=t.json", "-e", Self.script, folder: folder)
        #expect(replayed.output == recorded.output)
        #expect(replayed.errors == "")
    }

    @Test(arguments: [
        ("error('x')", 1), ("os.exit(7)", 7), ("while true do end", 124),
        ("local t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end", 137),
    ])
    func recordingIsWrittenHoweverTheScriptEnds(end: String, status: Int32) async throws {
        let folder = try Folder()
        _ = try folder.file("t.json", "what was there before")
        let run = try await CommandRun.c8run(
            "--emulator", "--timeout", "3s", "--max-memory", "64MiB", "--record", "t.json", "-e",
            "c8.production.orders.create{orderNo = 'Q-1', productCode = 'S', quantity = 1} \(end)", folder: folder)
        #expect(run.status == status, "\(run.errors)")
        #expect(try folder.read("t.json").contains("\"orderNo\": \"Q-1\""))
        #expect(try Self.mode(of: folder.url.path + "/t.json") == 0o600)
    }

    @Test func recordingIsWrittenWhenASignalStopsTheScript() async throws {
        let folder = try Folder()
        let run = try await CommandRun.c8run(
            "--emulator", "--record", "t.json", "--allow-write=.", "-e",
            """
            c8.production.orders.create{orderNo = 'Q-1', productCode = 'S', quantity = 1}
            require('c8.fs').write('ready', '')
            require('c8.task').sleep(60)
            """, folder: folder,
            whileRunning: { process in
                while !FileManager.default.fileExists(atPath: folder.url.path + "/ready"), process.isRunning {
                    try await Task.sleep(for: .milliseconds(5))
                }
                process.terminate()
            })
        #expect(run.status == 143, "\(run.errors)")
        #expect(try folder.read("t.json").contains("\"orderNo\": \"Q-1\""))
    }

    @Test func whatIsNotAskedForIsTold() async throws {
        let folder = try Folder()
        try await CommandRun.c8run("--emulator", "--record", "t.json", "-e", Self.script, folder: folder)
        let run = try await CommandRun.c8run(
            "--emulator", "--replay", "t.json", "-e",
            "print(c8.production.orders.create{orderNo = 'R-1', productCode = 'S', quantity = 5}.orderNo)",
            folder: folder)
        #expect(run.output == "R-1\n")
        #expect(
            run.errors.contains("recorded but not asked for: exchange 3, POST /emulator/production/orders; "),
            "\(run.errors)")
        let other = try await CommandRun.c8run(
            "--emulator", "--replay", "t.json", "-e",
            "c8.production.orders.create{orderNo = 'R-2', productCode = 'S', quantity = 5}", folder: folder)
        #expect(other.status == 1)
        #expect(other.errors.contains("body $.orderNo: recorded \"R-1\", asked \"R-2\""), "\(other.errors)")
    }

    /// The script cannot reach what it is being recorded into.
    @Test func recordingIsNotTheScripts() async throws {
        let folder = try Folder()
        let run = try await CommandRun.c8run(
            "--emulator", "-A", "--record", "t.json", "-e",
            "print(select(2, pcall(require('c8.fs').write, 't.json', 'forged')).kind)", folder: folder)
        #expect(run.output == "denied\n")
        #expect(try folder.read("t.json").contains("c8run recording"))
    }

    @Test func secretsOfAProfileAreInNoRecordingAndNoReplayNeedsThem() async throws {
        let server = try await ScriptedServer.start { moment in
            guard case .request(let request) = moment else { return .goOn }
            // Repeats what it got, as it came and in base64.
            return .answer(
                headers: ["Content-Type: application/json"],
                body: Array(#"{"got": "\#(Data(request.body).base64EncodedString())", "ok": true}"#.utf8))
        }
        let folder = try Folder()
        let configuration = try folder.file(
            "config.toml",
            """
            default_profile = "a"
            [profiles.a.secrets.erp]
            env = "ERP"
            host = "127.0.0.1:\(server.port)"
            """)
        let script = """
            local s = c8.env.secret("erp")
            local r = c8.http.post("\(server.url("/login"))", {json = {user = "me", pin = s}, headers = {["X-K"] = s}})
            print(r.status, r:json().ok)
            """
        let recorded = try await CommandRun.c8run(
            "--config", configuration, "--allow-net=127.0.0.1:\(server.port)", "--record", "t.json", "-e", script,
            environment: ["ERP": "ENV-CANARY-12"], folder: folder)
        await server.stop()
        #expect(recorded.output == "200\ttrue\n", "\(recorded.errors)")
        let tape = try folder.read("t.json")
        #expect(!tape.contains("CANARY") && !tape.contains("Q0FOQVJZ") && !tape.contains("DQU5BUl"), "\(tape)")
        let replayed = try await CommandRun.c8run(
            "--allow-net=127.0.0.1:\(server.port)", "--replay", "t.json", "-e", script, folder: folder)
        #expect(replayed.output == recorded.output, "\(replayed.errors)")
    }

    @Test(arguments: [
        (["--record", "a", "--replay", "b"], 64, "--record and --replay exclude each other"),
        (["--replay", "none.json"], 78, "none.json: No such file or directory"),
        (["--replay", "broken.json"], 78, "broken.json:2: not JSON"),
        (["--record", "nowhere/t.json"], 78, "nowhere: No such file or directory"),
        (["--record", "/dev/null"], 78, "cannot write /dev/null: it is no file"),
    ])
    func mistakeIsToldBeforeAnythingRuns(options: [String], status: Int32, message: String) async throws {
        let folder = try Folder()
        _ = try folder.file("broken.json", "{\n!}")
        let run = try await CommandRun.c8run(options + ["-e", "print('ran')"], folder: folder.url)
        #expect(run.status == status)
        #expect(run.output == "")
        #expect(run.errors.contains(message), "\(run.errors)")
    }
}
