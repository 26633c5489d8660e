import C8Platform
import Testing

@Suite struct TextWidthTests {
    static let widths: [(text: String, columns: Int)] = [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("中文", 4), ("，。", 4), ("ｆｕｌｌ", 8), ("한글", 4), ("ガ", 2),
        ("ｶﾞ", 2),
        ("😀", 2), ("👨‍👩‍👧", 2), ("👍🏽", 2), ("🇨🇳", 2), ("❤️", 2), ("❤", 1), ("…", 1), ("a\u{200B}b", 2), ("─│", 2), ("𠀀", 2),
        ("ไทย", 3), ("עב", 2),
    ]

    @Test(arguments: widths)
    func textTakesSoManyColumns(_ text: String, _ columns: Int) {
        #expect(TextWidth.columns(of: text) == columns)
    }

    @Test(arguments: [(4, "中文"), (3, "中"), (5, "中文a"), (0, ""), (99, "中文abc")])
    func prefixCutsNoCharacterInHalf(_ columns: Int, _ expected: String) {
        #expect(TextWidth.prefix("中文abc", columns: columns) == expected)
    }
}
