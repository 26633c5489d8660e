import Testing

@testable import C8RunCLI

@Suite struct TextTableTests {
    private let rows = [["PO-1", "finished", "all of it is done and counted"], ["订单", "x", "y"]]

    @Test func pipesGetWholeLines() {
        #expect(
            TextTable.lines(rows) == ["PO-1  finished  all of it is done and counted", "订单  x         y"])
    }

    @Test func narrowTerminalsGetTheLastColumnBelowItself() {
        #expect(
            TextTable.lines(rows, width: 36) == [
                "PO-1  finished  all of it is done\n                and counted", "订单  x         y",
            ])
    }

    @Test func aColumnTooNarrowForWordsIsLeftToTheTerminal() {
        #expect(TextTable.lines(rows, width: 24) == TextTable.lines(rows))
    }

    @Test(arguments: [("数码abc", 4, "数码"), ("数码abc", 3, "数"), ("abc", 0, ""), ("e\u{301}x", 1, "e\u{301}")])
    func prefixHoldsWholeCharacters(_ text: String, _ width: Int, _ expected: String) {
        #expect(TextTable.prefix(text, width: width) == expected)
    }
}
