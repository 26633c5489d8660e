import Logging
import Testing

@testable import C8RunCLI

@Suite struct LogLineTests {
    private func line(_ message: String, _ metadata: Logger.Metadata = [:]) -> LogLine {
        LogLine(time: "T", level: .warning, message: message, metadata: metadata)
    }

    @Test func textIsOneLineWithSortedFields() {
        let text = line("done\nforged", ["b": "two words", "a": "1", "c": "", "d": "x\u{1b}[m\n"])
            .text(format: .text, usesColor: false)
        #expect(text == "T warning done\\nforged a=1 b=\"two words\" c=\"\" d=x\\x1b[m\\n\n")
    }

    @Test func colourIsOnTheLevelAlone() {
        #expect(line("m").text(format: .text, usesColor: true) == "T \u{1b}[33mwarning\u{1b}[0m m\n")
    }

    @Test func jsonIsOneObjectOnALine() {
        let text = line("say \"hi\"\n\\", ["list": ["a", "\u{1b}\u{2028}\u{85}"], "table": ["k": "数码"]])
            .text(format: .json, usesColor: true)
        let expected =
            #"{"time":"T","level":"warning","message":"say \"hi\"\n\\","#
            + #""fields":{"list":["a","\u001b\u2028\u0085"],"table":{"k":"数码"}}}"# + "\n"
        #expect(text == expected)
    }

    @Test(arguments: [
        (0, 0, "1970-01-01T00:00:00.000Z"), (1_677_737_429, 715, "2023-03-02T06:10:29.715Z"),
        (4_102_444_799, 9, "2099-12-31T23:59:59.009Z"),
    ])
    func timeIsISO8601(_ seconds: Int, _ milliseconds: Int, _ expected: String) {
        #expect(LogTime.text(seconds: seconds, milliseconds: milliseconds) == expected)
    }

    @Test func handlerWritesWhatTheLevelLets() throws {
        let pipe = try TestPipe()
        let stream = OutputStream(descriptor: pipe.writeEnd)
        var logger = Logger(label: "test") { _ in
            StandardErrorLogHandler(level: .info, format: .json, usesColor: false, stream: stream)
        }
        logger[metadataKey: "request"] = "r1"
        logger.debug("unseen")
        logger.info("seen", metadata: ["request": "r2", "n": "1"])
        let text = pipe.finish()
        #expect(text.hasSuffix(#","level":"info","message":"seen","fields":{"n":"1","request":"r2"}}"# + "\n"))
        #expect(text.split(separator: "\n").count == 1)
    }
}
