import Foundation
import Testing

@Suite struct InitTests {
    @Test func newProjectRunsAtOnce() async throws {
        let folder = try Folder()
        let made = try await CommandRun.c8run("init", "my project", folder: folder)
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.contains("  cd 'my project'\n  c8run --emulator first_flow.lua\n"))
        let project = folder.url.appendingPathComponent("my project")

        let listed = try await CommandRun.c8run("init", "--list").output.split(separator: "\n").map(String.init)
        for file in listed {
            #expect(FileManager.default.fileExists(atPath: project.appendingPathComponent(file).path))
        }
        #expect(
            Set(listed).isSuperset(of: [".gitignore", ".luarc.json", "README.md", "types/c8.lua", "deploy/flow.timer"]))

        let run = try await CommandRun.c8run(["--emulator", "first_flow.lua"], folder: project)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("order PO-1001: ") && run.output.hasSuffix(", 500 pieces\n"), "\(run.output)")

        let service = try folder.read("my project/deploy/flow.service")
        #expect(service.contains("\nWorkingDirectory=\(project.path)\n"))
        #expect(!service.contains("{folder}"))
        let luarc = try folder.read("my project/.luarc.json")
        #expect(try JSONSerialization.jsonObject(with: Data(luarc.utf8)) is [String: Any])

        let scripts = listed.filter { $0.hasSuffix(".lua") && !$0.contains("/") }
        let check = try await CommandRun.c8run(["check", "--strict", "--emulator"] + scripts, folder: project)
        #expect(check.status == 0, "\(check.output) \(check.errors)")
        let tests = try await CommandRun.c8run(["test"], folder: project)
        #expect(tests.status == 0, "\(tests.output) \(tests.errors)")
        #expect(tests.output.contains("3 passed"), "\(tests.output)")
    }

    /// Folders with what means something to shells, crontabs and units.
    @Test(arguments: ["100% it's", "订单 $HOME", "a;b&c", "%h %n", "\"quoted\"", "-x", "~tilde"])
    func deploymentNamesTheFolder(_ name: String) async throws {
        let folder = try Folder()
        let made = try await CommandRun.c8run("init", "./\(name)", folder: folder)
        #expect(made.status == 0, "\(made.errors)")
        // As cron hands a command to the shell (crontab(5)), up to the folder.
        let crontab = try folder.read("\(name)/deploy/crontab")
        let line = try #require(crontab.split(separator: "\n").last { !$0.hasPrefix("#") })
        let command = String(line.dropFirst("7 * * * * ".count)).replacing("\\%", with: "\n%\n")
        #expect(!command.replacing("\n%\n", with: "").contains("%"))
        let change = try #require(command.replacing("\n%\n", with: "%").components(separatedBy: " && ").first)
        let run = try await CommandRun.shell(change + "\npwd", folder: folder)
        #expect(run.output.hasSuffix("/\(name)\n"), "\(run.output)\(run.errors)")

        let service = try folder.read("\(name)/deploy/flow.service")
        #expect(service.contains("/\(name.replacing("%", with: "%%"))\n"), "\(service)")
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze") else { return }
        let unit = try folder.file("flow-\(UUID().uuidString).service", service)
        let verified = try await CommandRun.shell("systemd-analyze verify --man=no '\(unit)'", folder: folder)
        #expect(
            !verified.errors.contains("orkingDirectory") && !verified.errors.contains("pecifier"), "\(verified.errors)")
    }

    @Test(arguments: ["a\nb", "a\\b", "a "]) func folderThatNoUnitCanNameIsRefused(_ name: String) async throws {
        let folder = try Folder()
        let run = try await CommandRun.c8run("init", name, folder: folder)
        #expect(run.status == 64 && run.errors.contains("choose another one"), "\(run.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test func itsConfigurationIsUnderstood() async throws {
        let folder = try Folder()
        try await CommandRun.c8run("init", folder: folder)
        let doctor = try await CommandRun.c8run(
            "doctor", "--offline", "--config", "config.toml",
            environment: ["FACTORY_SECRET": "s", "HOME": folder.url.path],
            folder: folder)
        #expect(doctor.status == 0, "\(doctor.output) \(doctor.errors)")
        #expect(doctor.output.contains("factory, https://sapi.supercarrier8.com"), "\(doctor.output)")
    }

    @Test func whatExistsIsNeverOverwrittenUnasked() async throws {
        let folder = try Folder()
        _ = try folder.file("orders.lua", "mine")
        let refused = try await CommandRun.c8run("init", ".", folder: folder)
        #expect(refused.status == 64)
        #expect(
            refused.errors.contains(". has orders.lua already; nothing was written. --force overwrites"),
            "\(refused.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["orders.lua"])

        let forced = try await CommandRun.c8run("init", "--force", folder: folder)
        #expect(forced.status == 0, "\(forced.errors)")
        #expect(try folder.read("orders.lua").contains("function orders.make"))
    }

    @Test func readmeIsInTheLanguage() async throws {
        let folder = try Folder()
        let run = try await CommandRun.c8run("init", "--lang", "zh", folder: folder)
        #expect(run.output.contains("写入"), "\(run.output)\(run.errors)")
        #expect(try folder.read("README.md").contains("开放平台脚本"))
    }
}
