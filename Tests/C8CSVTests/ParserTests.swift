import C8CSV
import Testing

@Suite struct ParserTests {
    @Test(
        "Text becomes rows",
        arguments: [
            ("", []),
            ("a", [["a"]]),
            ("a,b\n", [["a", "b"]]),
            ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
            ("a\rb\rc", [["a"], ["b"], ["c"]]),
            ("a\n\n\r\n\rb", [["a"], ["b"]]),
            ("\n\na", [["a"]]),
            (",", [["", ""]]),
            ("a,\n,b\n", [["a", ""], ["", "b"]]),
            (" a , b \n \n", [[" a ", " b "], [" "]]),
            (#""a""#, [["a"]]),
            (#"",","#, [[",", ""]]),
            (#""""#, [[""]]),
            (#""a""b""#, [[#"a"b"#]]),
            (#""""""#, [["\""]]),
            (#"a"b,c"""#, [[#"a"b"#, #"c"""#]]),
            (#" "a",b"#, [[#" "a""#, "b"]]),
            ("\"a,b\",\"c\nd\",\"e\r\nf\"\r\ng", [["a,b", "c\nd", "e\r\nf"], ["g"]]),
            ("a\tb,\u{1}\u{B}\u{C},\u{7F}", [["a\tb", "\u{1}\u{B}\u{C}", "\u{7F}"]]),
            ("编码,名称\n一,𠀀", [["编码", "名称"], ["一", "𠀀"]]),
            ("\"编\"\"码\"", [["编\"码"]]),
        ] as [(String, [[String]])])
    func textBecomesRows(text: String, expected: [[String]]) {
        for sizes in splits(text.utf8.count) {
            let outcome = Outcome.rows(text, sizes: sizes)
            #expect(outcome.error == nil)
            #expect(outcome.fields == expected, "in pieces of \(sizes)")
        }
    }

    @Test("Other separators", arguments: [";", "|", "\t", " ", "a", "\u{1}"])
    func otherSeparators(separator: String) throws {
        let format = try CSVFormat(
            separator: try #require(separator.utf8.first), header: false, encoding: .utf8, ragged: true)
        let text = ["1,x", "\"2\(separator)\"", "", "3"].joined(separator: separator) + "\n4\(separator)"
        for sizes in splits(text.utf8.count) {
            #expect(
                Outcome.rows(text, format, sizes: sizes).fields == [["1,x", "2\(separator)", "", "3"], ["4", ""]])
        }
    }

    @Test func everyRowKnowsTheLineOfItsFirstByte() {
        let text = "\na\r\n\r\r\nb,\"x\ny\r\nz\rw\"\nc\r\n\n\"\r\"\nd"
        for sizes in splits(text.utf8.count) {
            #expect(Outcome.rows(text, sizes: sizes).lines == [2, 5, 9, 11, 13], "in pieces of \(sizes)")
        }
    }

    @Test(
        "Errors name line and field",
        arguments: [
            ("a\n\"b", .syntax, 2, 1), ("a,\"b\n\nc", .syntax, 1, 2), ("\"a\"b", .syntax, 1, 1),
            ("x\n\"a\n\" ,b", .syntax, 3, 1), ("a\0", .syntax, 1, 1), ("a,\"\n\0\"", .syntax, 2, 2),
            ("\0", .syntax, 1, 1), ("\"a\"\0", .syntax, 1, 1),
        ] as [(String, CSVError.Kind, Int, Int)])
    func errorsNameLineAndField(text: String, kind: CSVError.Kind, line: Int, column: Int) {
        for sizes in splits(text.utf8.count) {
            let error = Outcome.rows(text, sizes: sizes).error
            #expect([error?.line, error?.column] == [line, column])
            #expect(error?.kind == kind)
        }
    }

    @Test(
        "Bounds hold to the byte",
        arguments: [
            ("12345,1", nil), ("123456", "line 1, field 1: a field has more than 5 bytes"),
            ("a\n1,\"12\n456\"", "line 2, field 2: a field has more than 5 bytes"), ("\"12345\"", nil),
            ("1,2,3", nil), ("1,2,3,", "line 1, field 4: a row has more than 3 fields"),
            ("1234,12345,1", nil), ("1234,12345,12", "line 1, field 3: a row has more than 12 bytes"),
        ] as [(String, String?)])
    func boundsHold(text: String, expected: String?) throws {
        let format = try CSVFormat(
            header: false, encoding: .utf8, ragged: true, maximumField: 5, maximumFields: 3, maximumRow: 12)
        for ending in ["", "\n"] {
            for sizes in splits(text.utf8.count) {
                let error = Outcome.rows(text + ending, format, sizes: sizes).error?.description
                #expect(error?.prefix { $0 != ";" } == expected?[...], "in pieces of \(sizes)")
            }
        }
    }

    @Test func invalidTextIsAnErrorOnlyWhereItIsWanted() {
        let bytes = Array("a,b\nc,".utf8) + [0xFF, 0x0A] + Array("e,f\n".utf8)
        let all = Outcome(bytes, .loose)
        #expect(all.fields == [["a", "b"]])
        #expect(all.error?.description.hasPrefix("line 2, field 2: the field is not UTF-8; ") == true)
        #expect(Outcome(bytes, .loose, select: [0]).fields == [["a"], ["c"], ["e"]])
    }

    @Test func rowsBeforeAnErrorAreGiven() {
        #expect(Outcome.rows("a\nb\n\"c\"d").fields == [["a"], ["b"]])
    }

    @Test(
        "Only the wanted fields are given, in the order asked for",
        arguments: [
            ([0], [["a"], ["c"], ["g"]]), ([2, 0], [["x", "a"], [nil, "c"], ["i", "g"]]),
            ([1, 1], [["b", "b"], ["d\"", "d\""], ["h", "h"]]), ([], [[], [], []]), ([9], [[nil], [nil], [nil]]),
        ] as [([Int], [[String?]])])
    func projection(columns: [Int], expected: [[String?]]) {
        let text = "a,b,x\nc,\"d\"\"\"\n\"g\",h,i"
        for sizes in splits(text.utf8.count) {
            #expect(Outcome(Array(text.utf8), .loose, sizes: sizes, select: columns).fields == expected)
        }
    }

    @Test func rowWithoutSuchFieldGivesNil() throws {
        var parser = CSVParser(.standard)
        let done = try Array("a,b\n".utf8).withUnsafeBytes { bytes in
            try parser.parse(bytes, isLast: true) { row in
                #expect(row.count == 2 && row.width == 2)
                #expect(row.field(2) == nil && row.field(-1) == nil)
                return true
            }
        }
        #expect(done == 4)
        #expect(throws: CSVError.self) { try parser.select([4096]) }
        #expect(throws: CSVError.self) { try parser.select([-1]) }
    }
}
