import C8Platform
import Foundation
import Fuzzing
import Testing

/// Whatever a saved page holds, the importer ends, and what it makes can be read as bindings.
struct PageFuzzTests {
    private static let pieces = [
        "|", "| |", "|---|", "---", "\n", "`", "```", "**", "# ", "<td>", "</td>", "<table>", "</table>", "<pre>",
        "<script>",
        "&nbsp;", "&#x;", "<!--", "\\", "{", "}", "[]", "是", "请求方法", "POST", "/a/{b}", "名称", "类型", "data.", "- ",
        "\u{0}",
    ]

    @Test func brokenPagesEndToo() async throws {
        var pages: [[UInt8]] = []
        for name in PageImporterTests.whole { pages.append(try PageImporterTests.bytes(name)) }
        let importer = PageImporter()
        await Fuzzing.loop { seed in
            var generator = SeededGenerator(seed: seed)
            var bytes = pages.randomElement(using: &generator) ?? []
            for _ in 0..<Int.random(in: 1...12, using: &generator) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0:
                    bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...80, using: &generator)))
                case 1:
                    bytes.insert(
                        contentsOf: Array((Self.pieces.randomElement(using: &generator) ?? "").utf8), at: place)
                case 2: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                default:
                    let end = min(bytes.count, place + Int.random(in: 1...200, using: &generator))
                    bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
                }
            }
            guard let page = try? importer.read(bytes, name: "p.md") else { return }
            let update = try? BindingsUpdate([page], into: nil, name: "b")
            #expect(throws: Never.self, "seed \(seed)") { try BindingSet.parse(update?.bytes ?? [], file: "b") }
        }
    }

    /// A piece that a page repeats, shown in its place.
    struct LongPage: Sendable, CustomTestStringConvertible {
        let piece: String
        let count: Int
        var lead = ""

        var text: String { lead + String(repeating: piece, count: count) }
        var testDescription: String { "\(count) times \(piece)" }
    }

    /// Pages that would take for ever, or all memory, if anything grew with the square of their length.
    @Test(
        .timeLimit(.minutes(2)),
        arguments: [
            LongPage(piece: "|` ``", count: 2000, lead: "|a|b|\n|--|--|\n"), LongPage(piece: "| |--|", count: 5000),
            LongPage(piece: "a:", count: 20_000), LongPage(piece: "{\"", count: 20_000),
            LongPage(piece: "<tr><td rowspan=1000 colspan=50>x", count: 300, lead: "<html><table>"),
            LongPage(piece: "<table><tr><td>", count: 5000, lead: "<html>"), LongPage(piece: "[a](", count: 5000),
        ])
    func longPagesEndSoon(page: LongPage) {
        let isHTML = page.lead.hasPrefix("<html>")
        let head = isHTML ? "<title>创建生产订单</title>" : "# 创建生产订单\nPOST /example/a\n"
        let imported = try? PageImporter().read(Array((head + page.text).utf8), name: "p.md")
        #expect(isHTML || imported?.id == "production.orders.create")
    }
}
