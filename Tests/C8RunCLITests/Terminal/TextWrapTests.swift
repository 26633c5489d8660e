import Testing

@testable import C8RunCLI

@Suite struct TextWrapTests {
    @Test(
        arguments: [
            ("one two three", 8, ["one two", "three"]), ("one two three", nil, ["one two three"]),
            ("unbreakable", 4, ["unbreakable"]), ("", 10, [""]), ("a\n\nb", 10, ["a", "", "b"]),
            ("查看缓存的令牌", 6, ["查看缓", "存的令", "牌"]), ("订单，数量", 6, ["订单，", "数量"]), ("订单号，数量", 6, ["订单", "号，数", "量"]),
            ("用 --timeout 延长", 12, ["用 --timeout", "延长"]), ("（订单）数", 6, ["（订", "单）数"]),
            ("exactly ten", 7, ["exactly", "ten"]),
        ] as [(String, Int?, [String])])
    func linesBreakAtBlanksAndBetweenChineseCharacters(_ text: String, _ width: Int?, _ lines: [String]) {
        #expect(TextWrap.lines(text, width: width) == lines)
    }

    @Test func laterLinesAreSetIn() {
        #expect(
            TextWrap.hanging("aaa bbb ccc ddd eee fff ggg", indent: 2, width: 22) == "aaa bbb ccc ddd eee\n  fff ggg")
        #expect(
            TextWrap.hanging("aaa bbb ccc ddd eee fff ggg", indent: 2, used: 14, width: 22)
                == "aaa bbb\n  ccc ddd eee fff ggg")
        #expect(TextWrap.hanging("a\nb", indent: 2, width: nil) == "a\n  b")
    }

    @Test func nothingIsLostAtAnyWidth() {
        let text = "A 订单（PO-1）已完成，共 500 件; see --help. 数码中台。"
        for width in 1...60 {
            let joined = TextWrap.lines(text, width: width).joined()
            #expect(joined.filter { $0 != " " } == text.filter { $0 != " " }, "\(width)")
        }
    }
}
