import C8Run
import C8RunTesting
import FoundationXML
import Logging
import Testing

import struct Foundation.Data
import class Foundation.NSObject

/// The reports of one run with everything in it.
struct ReportTests {
    private static let source = """
        local test = require "c8.test"
        local describe, it, expect = test.describe, test.it, test.expect
        describe("orders <&> \\"中文\\"", function()
          it("pass", function() print("quiet") end)
          it("fail # 1", function()
            print("loud \\27[31m")
            expect({a = "中"}).to_equal({a = "文"})
          end)
          it.skip("skip", function() end)
          it.todo("todo")
        end)
        test.after_all(function() error("after") end)
        """

    private static func run() async -> TestRunResult {
        let host = ScriptHost.Configuration(
            standardOutput: { _ in }, logger: Logger(label: "x", factory: { _ in SwiftLogNoOpLogHandler() }))
        let file = TestFile(path: "orders_test.lua", source: Array(source.utf8))
        return await TestRunner(TestRunner.Configuration(host: host)).run([file])
    }

    private static var times: Regex<Substring> { /\d+ ms|\d+\.\d+ s|\d+\.\d\d\d/ }

    @Test func textIsForPeople() async {
        let text = TestReport.text.write(await Self.run()).replacing(Self.times, with: "T")
        #expect(
            text == """
                ✗ orders_test.lua (2 failed of 4 tests, T)
                  ✓ orders <&> "中文" › pass (T)
                  ✗ orders <&> "中文" › fail # 1 (T)
                      the values differ:
                        .a: expected "文", got "中"
                      at orders_test.lua:7
                        7 | expect({a = "中"}).to_equal({a = "文"})
                          | ^
                      output:
                        loud \u{1b}[31m
                  - orders <&> "中文" › skip (skipped)
                  - orders <&> "中文" › todo (to be written)
                  ✗ outside of the tests
                      after_all of the file: after
                      at orders_test.lua:12
                        12 | test.after_all(function() error("after") end)
                           | ^
                4 tests in 1 file: 1 passed, 2 failed, 1 skipped, 1 to be written, in T

                """)
    }

    @Test func tapIsOfVersion14() async {
        let text = TestReport.tap.write(await Self.run()).replacing(Self.times, with: "T")
        #expect(
            text == """
                TAP version 14
                1..5
                ok 1 - orders_test.lua › orders <&> "中文" › pass
                not ok 2 - orders_test.lua › orders <&> "中文" › fail \\# 1
                  ---
                  message: |
                    the values differ:
                      .a: expected "文", got "中"
                  severity: fail
                  kind: "expectation"
                  at: "orders_test.lua:7"
                  seconds: T
                  ...
                ok 3 - orders_test.lua › orders <&> "中文" › skip # skip
                not ok 4 - orders_test.lua › orders <&> "中文" › todo # todo to be written
                not ok 5 - orders_test.lua › outside of the tests
                  ---
                  message: |
                    after_all of the file: after
                  severity: fail
                  at: "orders_test.lua:12"
                  ...

                """)
    }

    @Test func tapShowsControlCharactersInWords() async {
        let file = TestFile(
            path: "a_test.lua",
            source: Array(
                #"local t = require "c8.test" t.it("a\27[31m\tb\r\nc\194\155", function() error("\27]0;x\7\r\n\0y", 0) end)"#
                    .utf8))
        let host = ScriptHost.Configuration(
            standardOutput: { _ in }, logger: Logger(label: "x", factory: { _ in SwiftLogNoOpLogHandler() }))
        let result = await TestRunner(TestRunner.Configuration(host: host)).run([file])
        let text = TestReport.tap.write(result)
        #expect(
            !text.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control },
            "\(text.debugDescription)")
        #expect(text.contains(#"not ok 1 - a_test.lua › a\\x1b[31m b c\\x9b"#), "\(text)")
        #expect(text.contains("    \\x1b]0;x\\x07\n    \\x00y\n"), "\(text)")
        let xml = TestReport.junit.write(result)
        #expect(
            !xml.unicodeScalars.contains {
                $0 != "\n" && $0 != "\t" && $0.properties.generalCategory == .control
            }, "\(xml.debugDescription)")
        #expect(XMLParser(data: Data(xml.utf8)).parse())
    }

    /// What a parser finds: elements with their attributes, and text.
    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [(name: String, attributes: [String: String])] = []
        var text = ""

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) { elements.append((name, attributes)) }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
    }

    @Test func junitIsXMLThatServersRead() async throws {
        let text = TestReport.junit.write(await Self.run())
        let parser = XMLParser(data: Data(text.utf8))
        let reader = Reader()
        parser.delegate = reader
        #expect(parser.parse(), "\(text)")
        let names = reader.elements.map(\.name)
        #expect(
            names == [
                "testsuites", "testsuite", "testcase", "system-out", "testcase", "failure", "system-out", "testcase",
                "skipped", "testcase", "skipped", "testcase", "failure",
            ])
        let suite = try #require(reader.elements.first { $0.name == "testsuite" }?.attributes)
        #expect(suite["tests"] == "5" && suite["failures"] == "2" && suite["skipped"] == "2")
        let failed = try #require(reader.elements.filter { $0.name == "testcase" }.dropFirst().first?.attributes)
        #expect(failed["name"] == "fail # 1" && failed["classname"] == "orders_test.lua › orders <&> \"中文\"")
        #expect(failed["file"] == "orders_test.lua" && failed["line"] == "5")
        let failure = try #require(reader.elements.first { $0.name == "failure" }?.attributes)
        #expect(failure["message"] == "the values differ:" && failure["type"] == "expectation")
        #expect(reader.text.contains("loud \u{FFFD}[31m"))
    }
}
