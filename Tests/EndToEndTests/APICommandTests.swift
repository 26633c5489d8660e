import C8Platform
import Foundation
import Testing

/// `c8run api` as an integrator uses it: the real binary, files and the emulator.
@Suite struct APICommandTests {
    private static let page = """
        # 获取商品详细信息
        请求方法: GET
        请求路径: /example/products/{productCode}

        | 名称 | 类型 | 是否必填 | 说明 |
        |---|---|---|---|
        | productCode | String | 是 | 商品编号 |
        """

    private static let account = [
        "C8_BASE_URL": "http://127.0.0.1:9", "C8_ACCESS_KEY": "a", "C8_SECRET_KEY": "b",
    ]

    @Test func theListIsTheWholeCatalogueAndIsSearched() async throws {
        let all = try await CommandRun.c8run("api", "list")
        #expect(all.status == 0 && all.output.split(separator: "\n").count == 141)
        let json = try await CommandRun.c8run("api", "list", "--json")
        let entries = try #require(try JSONParser.parse(Array(json.output.utf8)).arrayValue)
        #expect(entries.count == 141)
        for key in ["id", "kind", "status", "section", "title", "summary", "bound", "method", "path"] {
            #expect(entries.allSatisfy { $0[key] != nil }, "\(key)")
        }
        #expect(
            entries.filter { $0["bound"] == true }.compactMap { $0["id"]?.stringValue } == [
                "auth.get_token", "codes.motul.exists",
            ])
        for words in [["产生订单"], ["生产", "删除"], ["production", "DELETE"]] {
            let found = try await CommandRun.c8run(["api", "list"] + words)
            #expect(found.output.contains("production.orders.delete") == (words != ["产生订单"]))
        }
        let bound = try await CommandRun.c8run("api", "list", "--emulator", "--bound")
        #expect(bound.output.split(separator: "\n").count == 125)
    }

    @Test func anUnboundOperationNamesItsPage() async throws {
        let script = try await CommandRun.c8run(
            "-e", "print(select(2, pcall(c8.products.get, {})).kind) c8.products.get{}", environment: Self.account)
        #expect(script.status == 1 && script.output == "unbound\n")
        #expect(script.errors.contains("获取商品详细信息") && script.errors.contains("c8run api import"))
        let call = try await CommandRun.c8run("api", "call", "products.get", environment: Self.account)
        #expect(call.status == 1 && call.errors.contains("获取商品详细信息"))
        let shown = try await CommandRun.c8run("api", "show", "products.get")
        #expect(shown.status == 0 && shown.output.contains("c8run api import"))
    }

    @Test func aPageIsImportedShownCheckedAndCalled() async throws {
        let folder = try Folder()
        _ = try folder.file("page.md", Self.page)
        let dry = try await CommandRun.c8run("api", "import", "--dry-run", "page.md", folder: folder)
        #expect(dry.status == 0 && dry.output.contains("+    \"products.get\": {"))
        #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "bindings.json").path))
        let imported = try await CommandRun.c8run("api", "import", "page.md", folder: folder)
        #expect(
            imported.status == 0 && imported.output.contains("added products.get GET /example/products/{productCode}"))
        let again = try await CommandRun.c8run(
            "api", "import", "page.md", "--bindings", "bindings.json", folder: folder)
        #expect(again.status == 0 && again.output.hasPrefix("unchanged products.get"))
        let shown = try await CommandRun.c8run(
            "api", "show", "products.get", "--bindings", "bindings.json", folder: folder)
        #expect(shown.output.contains("read (guessed on import)") && shown.output.contains("商品编号"))
        let types = try await CommandRun.c8run(
            "api", "types", "--output", "types", "--bindings", "bindings.json", folder: folder)
        #expect(types.status == 0)
        let operations = try folder.read("types/c8/operations.lua")
        #expect(operations.contains("---@field productCode string 商品编号"))
        let wrong = try await CommandRun.c8run(
            "--bindings", "bindings.json", "-e", "c8.products.get{prodcutCode = 'x'}", environment: Self.account,
            folder: folder)
        #expect(wrong.status == 1 && wrong.errors.contains("did you mean productCode?"))
        let dryCall = try await CommandRun.c8run(
            "api", "call", "--bindings", "bindings.json", "products.get", #"{"productCode": "a/b"}"#,
            environment: Self.account, folder: folder)
        #expect(dryCall.status == 69, "nothing listens there: \(dryCall.errors)")
    }

    @Test func whatCannotBeImportedIsToldAndTheRestIs() async throws {
        let folder = try Folder()
        _ = try folder.file("page.md", Self.page)
        _ = try folder.file("other.md", "# 什么都不是")
        let run = try await CommandRun.c8run("api", "import", "page.md", "other.md", "missing.md", folder: folder)
        #expect(run.status == 65)
        #expect(run.output.contains("added products.get"))
        #expect(
            run.errors.contains("other.md: no title of the catalogue") && run.errors.contains("cannot read missing.md"))
        let before = try folder.read("bindings.json")
        _ = try folder.file("bindings.json", before.replacing("\"read\"", with: "\"idempotent\""))
        let kept = try await CommandRun.c8run("api", "import", "page.md", folder: folder)
        #expect(kept.output.hasPrefix("kept products.get"))
        #expect(try folder.read("bindings.json").contains("idempotent"))
        let forced = try await CommandRun.c8run("api", "import", "--force", "page.md", folder: folder)
        #expect(forced.output.hasPrefix("changed products.get"))
        #expect(try folder.read("bindings.json") == before)
        _ = try folder.file("bindings.json", "{")
        let broken = try await CommandRun.c8run("api", "import", "page.md", folder: folder)
        #expect(broken.status == 78)
        #expect(try folder.read("bindings.json") == "{")
    }

    @Test func aCallTakesItsBodyFromWhereverItIs() async throws {
        let folder = try Folder()
        let body = #"{"productCode": "S-1", "productName": "苹果"}"#
        _ = try folder.file("body.json", body)
        for argument in [body, "@body.json", "-"] {
            let run = try await CommandRun.c8run(
                ["api", "call", "--emulator", "products.save", argument], input: argument == "-" ? body : "",
                folder: folder.url)
            let data = try JSONParser.parse(Array(run.output.utf8))
            #expect(run.status == 0 && data["productName"] == "苹果", "\(run.errors)")
        }
        let whole = try await CommandRun.c8run(
            "api", "call", "--emulator", "--envelope", "products.save", body, folder: folder)
        #expect(try JSONParser.parse(Array(whole.output.utf8))["code"] == 200)
        let dry = try await CommandRun.c8run(
            "api", "call", "--emulator", "--dry-run", "products.save", body, folder: folder)
        #expect(try JSONParser.parse(Array(dry.output.utf8))["target"] == "/emulator/products/save")
        let file = try await CommandRun.c8run(
            "api", "call", "--emulator", "production.files.upload", #"{"orderNo": "none"}"#, "--file", "file=body.json",
            folder: folder)
        #expect(file.status == 1 && file.errors.contains("生产订单不存在"))
        for (arguments, status, words) in [
            (["products.save", "{"], 64, "the body is not JSON"),
            (["products.save", "@none"], 64, "cannot read @none"),
            (["products.svae"], 64, "did you mean products.save"), (["guide.faq_1"], 64, "is a guide page"),
            (["products.save", "{}"], 1, "$.productCode: required"),
            (["products.save", "--file", "x"], 64, "--file wants"),
            (["codes.orders.get_printer_package", #"{"orderNo": "x"}"#, "--save-to", "out"], 1, "99003001"),
        ] as [([String], Int32, String)] {
            let run = try await CommandRun.c8run(["api", "call", "--emulator"] + arguments, folder: folder.url)
            #expect(run.status == status, "\(arguments): \(run.errors)")
            #expect(run.errors.contains(words), "\(arguments): \(run.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "out").path))
    }

    @Test func aCallNeverShowsTheToken() async throws {
        let hidden = try await CommandRun.c8run("api", "call", "--emulator", "auth.get_token")
        #expect(hidden.status == 0 && !hidden.output.contains("accessToken") && hidden.output.contains("\"ttl\""))
    }

    @Test func bindingsOfAFlagLieOverThoseOfTheProfile() async throws {
        let folder = try Folder()
        let own =
            #"{"version": 1, "operations": {"products.get": {"method": "GET", "path": "/PATH"}, "EXTRA": {"method": "GET", "path": "/own"}}}"#
        _ = try folder.file(
            "profile.json", own.replacing("PATH", with: "of/profile").replacing("EXTRA", with: "products.list_v3"))
        _ = try folder.file("flag.json", own.replacing("PATH", with: "of/flag").replacing("EXTRA", with: "stores.sync"))
        _ = try folder.file("config.toml", "default_profile = 'f'\n[profiles.f]\nbindings = 'profile.json'\n")
        let run = try await CommandRun.c8run(
            "api", "list", "--json", "--bound", "--config", "config.toml", "--bindings", "flag.json", folder: folder)
        let entries = try JSONParser.parse(Array(run.output.utf8)).arrayValue ?? []
        let paths = Dictionary(
            uniqueKeysWithValues: entries.map { ($0["id"]?.stringValue ?? "", $0["path"]?.stringValue ?? "") })
        #expect(
            paths["products.get"] == "/of/flag" && paths["products.list_v3"] == "/own" && paths["stores.sync"] == "/own"
        )
    }
}
