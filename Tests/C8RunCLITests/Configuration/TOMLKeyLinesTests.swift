import Testing

@testable import C8RunCLI

@Suite struct TOMLKeyLinesTests {
    private static let text = #"""
        # a comment with = and [brackets]
        top = "a # no comment"

        [table]
        first = """
        not = "a key"
        [nor.a.table]
        """
        second = '''x = 1
        '''
        "quoted key" = 1
        third.dotted = [ 1, # comment ]
          { deep = "}" },
        ]
        inline = { a = 1, b = { c = "x,y" } }
        after = true
        [[list]]
        name = "one"
        """#

    @Test(arguments: [
        (["top"], 2), (["table"], 4), (["table", "first"], 5), (["table", "second"], 9), (["table", "quoted key"], 11),
        (["table", "third", "dotted"], 12), (["table", "inline", "b", "c"], 15), (["table", "after"], 16),
        (["list", "name"], 18),
    ])
    func keyHasItsLine(_ path: [String], _ line: Int) {
        #expect(TOMLKeyLines(scanning: Array(Self.text.utf8)).line(of: path) == line)
    }

    @Test func unknownKeyHasTheLineOfItsTable() {
        #expect(TOMLKeyLines(scanning: Array(Self.text.utf8)).line(of: ["table", "nowhere"]) == 4)
        #expect(TOMLKeyLines(scanning: []).line(of: ["x"]) == nil)
    }

    @Test func textThatIsNoTOMLIsSurvived() {
        let hostile = [
            "[", "[[[", "=", "= = =", "\"", "'''", "a = [", "a = {", "\u{0}\u{1}", "a.", "].}", "{}{}", "a=[[[[}",
        ]
        for text in hostile + [String(repeating: "a=[", count: 10_000), String(repeating: "{", count: 10_000)] {
            #expect(TOMLKeyLines(scanning: Array(text.utf8)).line(of: ["nothing"]) == nil)
        }
    }
}
