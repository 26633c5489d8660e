import C8Platform
import Foundation
import Testing

/// Pages in the shapes in which integrators have them. Paths and fields of the fixtures are made up.
struct PageImporterTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Pages")

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: name)))
    }

    static func page(_ name: String) throws -> (name: String, bytes: [UInt8]) { (name, try bytes(name)) }

    static let whole = [
        "create-order.md", "example-only.md", "gb18030.md", "list-orders.html", "logistics-create.md",
        "printer-package.md",
        "token-flattened.txt", "trace-error-codes.md", "upload-file.md", "antifake-v2.md", "dealers-delete.txt",
        "execution-scan.html", "products-page.md",
    ]

    @Test(arguments: whole) func aPageGivesWhatItSays(name: String) throws {
        let expected = try JSONParser.parse(try Self.bytes("expected.json"))
        let page = try PageImporter().read(try Self.bytes(name), name: name)
        let wanted = try #require(expected[name])
        #expect(page.id.rawValue == wanted["id"]?.stringValue)
        let made = try JSONSerializer.serialize(page.content.value, pretty: true)
        let written = try JSONSerializer.serialize(wanted["content"] ?? .null, pretty: true)
        #expect(String(decoding: made, as: UTF8.self) == String(decoding: written, as: UTF8.self))
        #expect(page.notes.map(\.description) == (wanted["notes"]?.arrayValue ?? []).compactMap(\.stringValue))
    }

    @Test func allTogetherMakeABindingsFileThatCanBeRead() throws {
        var pages: [ImportedPage] = []
        for name in Self.whole { pages.append(try PageImporter().read(try Self.bytes(name), name: name)) }
        let update = try BindingsUpdate(pages, into: nil, name: "b.json")
        #expect(update.changes.allSatisfy { $0.change == .added })
        let bindings = try BindingSet.parse(update.bytes, file: "b.json")
        #expect(bindings.count == 12)
        #expect(bindings["production.orders.create"]?.guessed == ["effect"])
        #expect(bindings["production.files.upload"]?.multipart == true)
        #expect(bindings["codes.orders.get_printer_package"]?.download == true)
        #expect(bindings["production.orders.list"]?.paging?.items == "records")
        #expect(
            bindings.references["reference.trace_error_codes"]?.meanings == [30_000_001: "订单不存在", 30_000_002: "数码重复"])
    }

    @Test(arguments: [
        ("half.md", ImportError.Kind.incomplete, "production.orders.delete (删除生产订单): neither method nor path"),
        ("onboarding.md", .guide, "guide.onboarding (接入指南) is a guide"),
        ("stranger.md", .unknownTitle, "no title of the catalogue was found in it"),
    ])
    func whatIsNoWholePageIsRefused(name: String, kind: ImportError.Kind, message: String) throws {
        let bytes = try Self.bytes(name)
        let error = failure { () throws(ImportError) in try PageImporter().read(bytes, name: name) }
        #expect(error?.kind == kind)
        #expect(error?.description.hasPrefix("\(name): \(message)") == true)
    }

    @Test(
        arguments: [
            ([0, 1, 2], "it is no text"), ([0xFF, 0xFE, 0x41], "it is no text"),
            (Array("# 生产订单祥情\n".utf8), "near what is in it: 生产订单详情"), ([], "no title of the catalogue"),
        ] as [([UInt8], String)])
    func whatIsNoPageIsRefused(bytes: [UInt8], message: String) {
        let error = failure { () throws(ImportError) in try PageImporter().read(bytes, name: "x") }
        #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    }

    @Test func twoPagesWithOneTitleAreBothLeftOut() throws {
        let first = try Self.page("create-order.md")
        let results = PageImporter().read([first, try Self.page("gb18030.md"), ("copy.md", first.bytes)])
        #expect(results.count == 3)
        for (result, other) in [(results[0], "copy.md"), (results[2], "create-order.md")] {
            guard case .failure(let error) = result else {
                Issue.record("imported although its title came twice")
                continue
            }
            #expect(error.kind == .duplicate)
            #expect(error.message.contains("production.orders.create") && error.message.contains(other))
        }
        #expect(throws: Never.self) { try results[1].get() }
    }

    @Test(arguments: [
        ("# 商品分页列表V3\n请求方法: POST\n请求路径: /example/a", "products.list_v3"),
        ("# 通过商品编号新增/修改商品信息（新）\nPOST /example/a", "products.save_v2"),
        ("# 3.1 标签授权接口\nPOST https://host.example/example/a?b=1", "labels.authorize"),
        ("菜单\n删除活动\n保存活动\n# 说明\nPOST /example/a", "payout.activities.save"),
        (
            "<html><title>修改活动礼品 - 修改、新增、删除礼品 - 文档</title><body><p>POST /example/a</p></body></html>",
            "payout.activities.update_gifts"
        ),
    ])
    func theTitleIsFoundWhereverItStands(text: String, id: String) throws {
        let page = try PageImporter().read(Array(text.utf8), name: "page.md")
        #expect(page.id.rawValue == id)
        #expect(page.content.value["path"]?.stringValue == "/example/a")
    }

    @Test func theFilesNameIsTheLastResort() throws {
        let page = try PageImporter().read(Array("POST /example/a".utf8), name: "pages/稽查确认.md")
        #expect(page.id == "diversion.confirm")
    }

    @Test(arguments: [
        ("GET", "创建生产订单", Effect.write), ("GET", "生产订单详情", .read), ("POST", "获取订单列表分页", .read),
        ("POST", "同步门店", .write), ("DELETE", "删除活动", .write), ("POST", "检查是否能删除活动", .write),
        ("POST", "营销用户抽奖", .write), ("POST", "标签订单查询接口", .read), ("PUT", "查询活动分页", .write),
        ("POST", "摩特项目-查询32位码是否存在接口", .read), ("POST", "获取 AccessToken", .write),
    ])
    func anEffectIsGuessedOnTheSafeSide(method: String, title: String, effect: Effect) throws {
        let page = try PageImporter().read(Array("# \(title)\n\(method) /example/a".utf8), name: "p.md")
        #expect(page.content.value["effect"]?.stringValue == effect.rawValue)
        #expect(page.guessed == ["effect"])
    }

    @Test func anEnglishTableWithTheUsualMarksOfNestingIsRead() throws {
        let text = """
            # 同步经销商
            POST /example/dealers
            ## Request
            | Name | Type | Required | Example | Description |
            |---|---|---|---|---|
            | dealers | array | true | | list |
            | └─ code | string | true | D-1 | code |
            | └─ contact | object | false | | |
            | &emsp;&emsp;└─└─ phone | string | no | 1 | |
            | flag | boolean | no | true | |
            """
        let page = try PageImporter().read(Array(text.utf8), name: "p.md")
        let request = try #require(page.content.value["request"])
        #expect(
            request == [
                "dealers": [
                    "type": "array", "required": true, "description": "list",
                    "items": [
                        "type": "object",
                        "fields": [
                            "code": ["type": "string", "required": true, "description": "code", "example": "D-1"],
                            "contact": ["type": "object", "fields": ["phone": ["type": "string", "example": "1"]]],
                        ],
                    ],
                ],
                "flag": ["type": "boolean", "example": true],
            ])
    }
}
