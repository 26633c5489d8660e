import Testing

@testable import C8Run

@Suite struct ValuePrinterTests {
    private static func fields(_ fields: (String, LuaValue)...) -> LuaValue { .table(LuaTable(fields: fields)) }
    private static func array(_ values: LuaValue...) -> LuaValue { .table(LuaTable(array: values)) }

    static let onOneLine: [(values: [LuaValue], text: String)] = [
        ([.nil], "nil"),
        ([.boolean(true), .boolean(false)], "true, false"),
        ([.integer(9_223_372_036_854_775_807)], "9223372036854775807"),
        ([.integer(-1), .number(-1), .number(0.1), .number(1e100)], "-1, -1.0, 0.1, 1e+100"),
        ([.number(.infinity), .number(-.infinity)], "inf, -inf"),
        ([.string("中文 \"quoted\"\n")], #""中文 \"quoted\"\n""#),
        ([.string(LuaString(bytes: [0xFF, 0x00, 0x31, 0x1B]))], #""\xff\x001\x1b""#),
        ([.string("a\u{200B}b\u{202E}")], #""a\u{200b}b\u{202e}""#),
        ([.table(LuaTable())], "{}"),
        ([array(.integer(1), .string("b"), .nil, .boolean(true))], #"{1, "b", nil, true}"#),
        ([fields(("b", .integer(2)), ("a", .integer(1)))], "{a = 1, b = 2}"),
        ([fields(("end", .integer(1)), ("a b", .integer(2)))], #"{["a b"] = 2, ["end"] = 1}"#),
        ([fields(("a", array(.integer(1), fields(("x", .cycle)))))], "{a = {1, {x = <cycle>}}}"),
        (
            [
                .table(
                    LuaTable(
                        array: [.integer(1)],
                        pairs: [
                            .init(key: .boolean(true), value: .integer(4)),
                            .init(key: .string("k"), value: .integer(3)),
                            .init(key: .number(1.5), value: .integer(2)), .init(key: .integer(-1), value: .integer(0)),
                        ]))
            ], "{1, [-1] = 0, [1.5] = 2, k = 3, [true] = 4}"
        ),
        ([.null], "null"),
        ([], ""),
    ]

    @Test(arguments: onOneLine.indices)
    func shortValueStandsOnOneLine(_ index: Int) {
        let row = Self.onOneLine[index]
        #expect(ValuePrinter().text(of: row.values.map { DisplayValue($0) }) == row.text)
    }

    @Test func shortItemsStandSideBySide() {
        let value = DisplayValue(.table(LuaTable(array: (1...30).map { .integer($0) })))
        let text = ValuePrinter(width: 40).text(of: [value])
        #expect(
            text == """
                {
                  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
                  13, 14, 15, 16, 17, 18, 19, 20, 21,
                  22, 23, 24, 25, 26, 27, 28, 29, 30,
                }
                """)
    }

    @Test func wideCharactersCountTwice() {
        let value = Self.fields(("城市", .string("上海市浦东新区")), ("仓库", .string("一号仓库")))
        // The key is no name of Lua's, so it stands between brackets.
        let text = ValuePrinter(width: 44).text(of: [DisplayValue(value)])
        #expect(
            text == """
                {
                  ["仓库"] = "一号仓库",
                  ["城市"] = "上海市浦东新区",
                }
                """)
        #expect(ValuePrinter(width: 60).text(of: [DisplayValue(value)]) == #"{["仓库"] = "一号仓库", ["城市"] = "上海市浦东新区"}"#)
    }

    @Test func nestedTablesAreSetIn() {
        let order = Self.fields(
            ("orderNo", .string("PO-2031")),
            ("lines", Self.array(Self.fields(("sku", .string("A")), ("n", .integer(1))))))
        #expect(
            ValuePrinter(width: 34).text(of: [DisplayValue(order)]) == """
                {
                  lines = {{n = 1, sku = "A"}},
                  orderNo = "PO-2031",
                }
                """)
    }

    @Test func limitsAreKeptAndTold() {
        var limits = DisplayLimits()
        limits.items = 2
        limits.fields = 1
        limits.depth = 2
        limits.bytes = 3
        let value = LuaValue.table(
            LuaTable(
                array: [.integer(1), .integer(2), .integer(3)],
                pairs: [
                    .init(key: .string("a"), value: Self.array(Self.array(.integer(1)))),
                    .init(key: .string("b"), value: .nil),
                ]))
        let text = ValuePrinter().text(of: [
            DisplayValue(value, limits: limits), DisplayValue(.string("abcdef"), limits: limits),
        ])
        #expect(text == #"{1, 2, … 1 more, a = {{…}}, … 1 more}, "abc"… 3 bytes more"#)
    }

    @Test func textOfAScriptCannotSteerTheTerminal() {
        let named = DisplayValue.named("\u{1b}[2J\u{202e}x\ny")
        #expect(ValuePrinter().text(of: [named]) == #"\u{1b}[2J\u{202e}x\ny"#)
    }

    @Test func coloursChangeNothingButColours() {
        let value = DisplayValue(Self.fields(("a", .integer(1)), ("b", .string("x")), ("c", .boolean(true))))
        let plain = ValuePrinter().text(of: [value])
        let coloured = ValuePrinter(usesColor: true).text(of: [value])
        #expect(coloured != plain)
        #expect(coloured.replacing(/\u{1b}\[[0-9;]*m/, with: "") == plain)
    }
}
