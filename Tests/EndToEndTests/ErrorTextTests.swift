import C8Platform
import Foundation
import Testing

/// What goes wrong, as operators and programs read it.
@Suite struct ErrorTextTests {
    private static let chinese = ["LANG": "zh_CN.UTF-8"]

    @Test(
        arguments: [
            (["--log-format", "json", "--bogus"], 64), (["flow", "show", "--log-format=json"], 64),
            (["--bogus", "--log-format=json", "x.lua"], 64), (["doctor", "--log-format", "json", "--bogus"], 64),
            (["check", "nosuch.lua", "--log-format", "json"], 66),
            (["test", "--log-format=json", "nosuch_test.lua"], 66),
            (["--log-format", "json", "nosuch.lua"], 66), (["api", "show", "nothing", "--log-format", "json"], 64),
            (["--log-format", "json", "-e", "error('x')"], 1),
            (["--lang", "zh", "--log-format", "json", "--bogus"], 64),
        ] as [([String], Int32)])
    func errorInJSONIsOneLineWithItsExitCode(_ words: [String], _ status: Int32) async throws {
        let run = try await CommandRun.c8run(words)
        #expect(run.status == status, "\(run.errors)")
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 1, "\(run.errors)")
        let json = try JSONParser.parse(Array((lines.first ?? "").utf8))
        #expect(json["level"]?.stringValue == "error")
        #expect(json["fields"]?["exit"]?.stringValue == String(status), "\(run.errors)")
    }

    /// Behind the script all is the script's.
    @Test func formatIsNotTakenFromTheScriptsArguments() async throws {
        let run = try await CommandRun.c8run("nosuch.lua", "--log-format", "json")
        #expect(run.errors.hasPrefix("c8run: error: cannot read"), "\(run.errors)")
    }

    @Test(arguments: ["\n", "\r", "\r\n", "\n\r"])
    func lineIsTheOneThatLuaCounts(_ mixed: String) async throws {
        let folder = try Folder()
        _ = try folder.file("a.lua", "local a = 1\(mixed)local b = 2\r\n\(mixed)error('here')\n-- no\n")
        let run = try await CommandRun.c8run("a.lua", folder: folder)
        let shown = run.errors.split(separator: "\n").dropFirst().first
        #expect(shown?.hasSuffix(" | error('here')") == true, "\(run.errors.debugDescription)")
        _ = try folder.file("b.lua", "local a = 1\(mixed)local b = 2\r\n\(mixed)local = 3\n-- no\n")
        let broken = try await CommandRun.c8run("b.lua", folder: folder)
        #expect(broken.errors.contains(" | local = 3\n"), "\(broken.errors.debugDescription)")
    }

    @Test(arguments: [
        (["--tiemout", "5", "a.lua"], "错误：未知选项 --tiemout（是否想写 --timeout？）"),
        (["--timeout"], "错误：选项 --timeout 缺少值：时长"), (["--timeout", "x", "a"], "--timeout 的值 \"x\" 无效，应为：时长"),
        (["test", "-e", "x"], "test 没有选项 -e：请将代码写入文件"), ([], "用法："),
        (["api", "call"], "错误：缺少参数 '<id>'"), (["doctor", "--jsno"], "未知选项 '--jsno'。是否想写 '--json'？"),
        (["help", "tokn"], "c8run 没有命令 tokn（是否想写 token？）"),
        (["-e", "c8.fs.read('/x')"], "提示：如需允许，请加上 --allow-read=/x 重新运行；"),
        (["--emulator", "-e", "c8.production.orders.creat{}"], "提示：是否想写 production.orders.create"),
        (["token", "status"], "提示：缺少 base_url：请设置 --base-url, C8_BASE_URL，或写入配置文件的 profile"),
    ])
    func mistakesAreToldInChinese(_ words: [String], _ told: String) async throws {
        let run = try await CommandRun.c8run(words, environment: Self.chinese)
        #expect(run.errors.contains(told), "\(run.errors)")
    }

    @Test func doctorSpeaksChinese() async throws {
        let folder = try Folder()
        let environment = Self.chinese.merging([
            "C8_BASE_URL": "http://127.0.0.1:1", "C8_ACCESS_KEY": "key", "C8_SECRET_KEY": "secret",
            "C8_STATE": folder.url.path + "/state",
        ]) { $1 }
        let run = try await CommandRun.c8run("doctor", environment: environment)
        #expect(run.output.contains("ok    配置："), "\(run.output)")
        #expect(run.output.contains("/state，首次调用时创建"), "\(run.output)")
        #expect(run.output.contains("fail  连通性："), "\(run.output)")
        #expect(run.output.contains("      请检查 base_url"), "\(run.output)")
        #expect(run.output.contains("ok    令牌：没有缓存的令牌；首次调用时获取"), "\(run.output)")
        // What programs read has its names in every language.
        let json = try JSONParser.parse(
            Array(try await CommandRun.c8run("doctor", "--json", environment: environment).output.utf8))
        let names = json["checks"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
        #expect(names.contains("configuration") && names.contains("reachability"), "\(names)")
    }
}
