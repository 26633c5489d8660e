import C8Platform
import Foundation
import Testing

/// `c8run check` over the real binary.
struct CheckCommandTests {
    private func check(_ arguments: String..., input: String = "", folder: Folder? = nil) async throws -> CommandRun {
        try await CommandRun.c8run(["check"] + arguments, input: input, folder: folder?.url)
    }

    @Test func examplesAndModulesPassWithoutAWarning() async throws {
        let run = try await check("--emulator", "examples", "stdlib")
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(!run.output.contains(": warning:") && !run.output.contains(": error:"), "\(run.output)")
        #expect(run.output.contains("no errors, no warnings"))
    }

    @Test func exitCodesAreThoseOfTheContract() async throws {
        let folder = try Folder()
        _ = try folder.file("good.lua", "print(1)\n")
        _ = try folder.file("bad.lua", "print(x)\n")
        _ = try folder.file("needs.lua", "print(os.getenv('HOME'))\n")
        #expect(try await check("good.lua", folder: folder).status == 0)
        #expect(try await check("needs.lua", folder: folder).status == 0)
        #expect(try await check("bad.lua", folder: folder).status == 65)
        #expect(try await check(".", folder: folder).status == 65)
        #expect(try await check("missing.lua", "bad.lua", folder: folder).status == 66)
        #expect(try await check(folder: folder).status == 64)
        #expect(try await check("--format", "xml", "good.lua", folder: folder).status == 64)
    }

    @Test func standardInputIsAScript() async throws {
        let run = try await check("-", input: "local x = \n")
        #expect(run.status == 65)
        #expect(run.output.contains("stdin:2:1: error: unexpected symbol near <eof> [syntax]"), "\(run.output)")
    }

    @Test func modulesAreFoundBelowTheScriptAndAboveAModule() async throws {
        let folder = try Folder()
        _ = try folder.file("main.lua", "require('lib.one')\nrequire('lib.tow')\n")
        _ = try folder.file("lib/one.lua", "return require('lib.two')\n")
        _ = try folder.file("lib/two.lua", "return {}\n")
        let run = try await check(".", folder: folder)
        #expect(run.output.contains("main.lua:2:9: error: there is no module lib.tow"), "\(run.output)")
        #expect(run.output.contains("did you mean lib.two?"), "\(run.output)")
        #expect(run.output.contains("checked 3 files: 1 error\n"), "\(run.output)")
    }

    @Test(arguments: ["json", "sarif"])
    func machinesGetOneDocument(_ format: String) async throws {
        let run = try await check("--format", format, "-", input: "print(x)")
        #expect(run.status == 65)
        let json = try JSONParser.parse(Array(run.output.utf8))
        #expect(json[format == "json" ? "files" : "runs"]?.arrayValue?.count == 1)
    }

    @Test func luacheckIsRunOnlyWhenAskedFor() async throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/luacheck") else { return }
        let folder = try Folder()
        _ = try folder.file("a.lua", "local x = 1  \nprint('a')\n")
        let plain = try await check("a.lua", folder: folder)
        #expect(!plain.output.contains("luacheck"))
        let run = try await check("--with", "luacheck", "a.lua", folder: folder)
        #expect(run.output.contains("trailing whitespace (W612) [luacheck]"), "\(run.output)\(run.errors)")
        #expect(run.output.contains("checked 1 file: 2 warnings"), "\(run.output)")
    }

    /// A stand-in for the real program, which writes what that writes (LuaLS, script/cli/check.lua), where it writes it.
    private static let languageServer = """
        #!/bin/sh
        for word in "$@"; do
          case "$word" in
            --logpath=*) log=${word#--logpath=} ;;
            --check=*) root=${word#--check=} ;;
          esac
        done
        mkdir -p "$log/cache"
        echo "Initializing ..."
        cat > "$log/check.json" <<END
        {
          "file://$root/a%20b.lua": [
            {
              "code": "need-check-nil",
              "message": "Need check nil.",
              "range": {"end": {"character": 7, "line": 1}, "start": {"character": 6, "line": 1}},
              "severity": 2,
              "source": "Lua Diagnostics."
            },
            {
              "code": "unused-local",
              "message": "Unused local x.",
              "range": {"end": {"character": 7, "line": 0}, "start": {"character": 6, "line": 0}},
              "severity": 4,
              "source": "Lua Diagnostics."
            }
          ]
        }
        END
        exit 1
        """

    @Test func languageServerIsRunOnlyWhenAskedFor() async throws {
        let folder = try Folder()
        let program = try folder.file("bin/lua-language-server", Self.languageServer)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        _ = try folder.file("a b.lua", "local x = 1\nprint(a)\n")
        _ = try folder.file("tmp/empty", "")
        let environment = ["PATH": folder.url.path + "/bin:/usr/bin:/bin", "TMPDIR": folder.url.path + "/tmp"]
        let run = try await CommandRun.c8run(
            "check", "--with", "lua-language-server", "./a b.lua", environment: environment, folder: folder)
        #expect(
            run.output.contains("a b.lua:2:7: warning: Need check nil. (need-check-nil) [lua-language-server]"),
            "\(run.output)\(run.errors)")
        // The same as check's own finding of that line.
        #expect(!run.output.contains("Unused local"), "\(run.output)")
        #expect(run.status == 65)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path + "/tmp") == ["empty"])

        let plain = try await CommandRun.c8run("check", "a b.lua", environment: environment, folder: folder)
        #expect(!plain.output.contains("lua-language-server"))
        let missing = try await check("--with", "lua-language-server", "a b.lua", folder: folder)
        #expect(missing.status == 64)
        #expect(missing.errors.contains("hint: install lua-language-server, or leave --with out"), "\(missing.errors)")
    }

    /// What Lua accepts by its grammar and refuses by its limits: `check` and a run end alike.
    @Test(arguments: ["()", "[1]", "[]", "{}", "not "])
    func whatIsTooDeepForLuaIsRefused(_ piece: String) async throws {
        let count = 100_000
        let text =
            switch piece {
            case "[1]": "local a = {}\nreturn a" + String(repeating: "[1]", count: count)
            case "[]": "return " + String(repeating: "a[", count: count) + "1" + String(repeating: "]", count: count)
            case "not ": "return " + String(repeating: "not ", count: count) + "1"
            default:
                "return " + String(repeating: String(piece.first ?? " "), count: count)
                    + String(repeating: String(piece.last ?? " "), count: count)
            }
        let folder = try Folder()
        _ = try folder.file("deep.lua", text)
        #expect(try await check("deep.lua", folder: folder).status == 65)
        let run = try await CommandRun.c8run("deep.lua", folder: folder)
        #expect(run.status == 65, "\(run.errors.prefix(300))")
    }

    @Test func fieldsOfOwnModulesAreKnown() async throws {
        let folder = try Folder()
        _ = try folder.file("lib/orders.lua", "local orders = {}\nfunction orders.create() end\nreturn orders\n")
        _ = try folder.file("main.lua", "local orders = require('lib.orders')\norders.creat()\n")
        let run = try await check("main.lua", folder: folder)
        #expect(
            run.output.contains("main.lua:2:8: warning: the module lib.orders has no creat (did you mean create?)"),
            "\(run.output)")
        #expect(run.status == 65)
    }

    /// Every global that a script finds is one that `check` knows, and the other way round.
    @Test func knownGlobalsAreThoseOfARunningScript() async throws {
        let listing = """
            local names = {}
            for k, v in pairs(_G) do
              names[#names + 1] = k
              if type(v) == "table" and k ~= "_G" and k ~= "arg" and k ~= "c8" and k ~= "package" then
                for f in pairs(v) do names[#names + 1] = k .. "." .. f end
              end
            end
            for _, name in ipairs(names) do
              io.write("local _ = ", name, "\\n")
            end
            """
        let names = try await CommandRun.c8run("-e", listing)
        #expect(names.output.split(separator: "\n").count > 120)
        let run = try await check("--format", "json", "-", input: names.output)
        let findings = try #require(
            try JSONParser.parse(Array(run.output.utf8))["files"]?.arrayValue?.first?["findings"]?.arrayValue)
        // What is there only to say that it is denied is told as unavailable.
        let denied: Set<String> = [
            "dofile", "loadfile", "io.open", "io.popen", "io.tmpfile", "io.input", "io.output", "io.close",
            "os.execute",
            "os.remove", "os.rename", "os.tmpname",
        ]
        let told = findings.compactMap { $0["message"]?.stringValue?.split(separator: " ").first.map(String.init) }
        #expect(Set(told) == denied, "\(Set(told).symmetricDifference(denied))")
        #expect(findings.allSatisfy { $0["rule"] == "unavailable" })
    }
}
