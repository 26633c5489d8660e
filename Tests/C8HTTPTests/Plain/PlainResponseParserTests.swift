import Fuzzing
import Testing

@testable import C8HTTP

@Suite struct PlainResponseParserTests {
    private static let answers = [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde", "HTTP/1.1 200\r\ncontent-length:5\r\n\r\nabcde",
        "HTTP/1.1 204 No Content\r\nX: y\r\n\r\n", "HTTP/1.1 200 OK\nContent-Length: 2\n\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nT: 1\r\n\r\n",
        "HTTP/1.1 103 Early\r\nLink: a\r\n\r\nHTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 1\r\n\r\na",
    ]

    private func read(_ answer: [UInt8], pieces: [Int]) throws -> (PlainResponseParser, used: Int) {
        var parser = PlainResponseParser(mostBytes: 1000)
        var position = 0
        var used = 0
        for size in pieces + [answer.count] {
            let piece = Array(answer[position..<min(answer.count, position + size)])
            used += try piece.withUnsafeBufferPointer { try parser.read($0) }
            position += piece.count
        }
        return (parser, used)
    }

    @Test(arguments: answers) func anAnswerIsTheSameInPiecesOfAnySize(answer: String) async throws {
        let bytes = Array(answer.utf8)
        let (whole, used) = try read(bytes, pieces: [])
        #expect(whole.isComplete && used == bytes.count)
        try await Fuzzing.loop { seed in
            var random = SeededGenerator(seed: seed)
            let pieces = (0..<40).map { _ in Int.random(in: 0...7, using: &random) }
            let (parser, used) = try read(bytes, pieces: pieces)
            #expect(parser.isComplete && used == bytes.count, "seed \(seed)")
            #expect(parser.status == whole.status && parser.body == whole.body, "seed \(seed)")
            #expect(parser.fields.all.map(\.name) == whole.fields.all.map(\.name), "seed \(seed)")
            #expect(parser.fields.all.map(\.value) == whole.fields.all.map(\.value), "seed \(seed)")
            #expect(parser.keepsConnection == whole.keepsConnection, "seed \(seed)")
        }
    }

    /// What follows the head of an answer without a body would be taken for the next answer.
    @Test(
        arguments: [
            ("204 No Content\r\n", true), ("204 No Content\r\nContent-Length: 0\r\n", true),
            ("304 Not Modified\r\nContent-Length: 3\r\n", true), ("204 No Content\r\nContent-Length: 3\r\n", false),
            ("204 No Content\r\nTransfer-Encoding: chunked\r\n", false),
        ])
    func anAnswerWithABodyThatItMustNotHaveEndsItsConnection(head: String, keeps: Bool) throws {
        let (parser, _) = try read(Array("HTTP/1.1 \(head)\r\n".utf8), pieces: [])
        #expect(parser.isComplete && parser.body.isEmpty)
        #expect(parser.keepsConnection == keeps)
    }

    @Test func whatFollowsAnAnswerIsNotTaken() throws {
        let (parser, used) = try read(Array("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabc".utf8), pieces: [])
        #expect(parser.body == [0x61] && used == 39)
    }

    @Test(
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1 2\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", "HTTP/1.1 200 OK\r\nA b: c\r\n\r\n",
            "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n", "HTTP/1.1 200 OK\r\n: b\r\n\r\n",
            "HTTP/1.1 200 OK\r\nA: b\u{0}c\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n",
            "HTTP/1.1 101 Switch\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-3\r\n", "HTTP/2 200 OK\r\n\r\n",
            "ICY 200 OK\r\n\r\n",
            "HTTP/1.1 099 Low\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "\r\nHTTP/1.1 200 OK\r\n\r\n",
        ])
    func whatTwoReadersCouldReadDifferentlyIsNoAnswer(answer: String) {
        #expect(throws: PlainProblem.self) { try read(Array(answer.utf8), pieces: []) }
    }

    @Test func aHeadWithoutEndIsTooLong() {
        let line = "X-Long: " + String(repeating: "a", count: 1000) + "\r\n"
        let answer = "HTTP/1.1 200 OK\r\n" + String(repeating: line, count: 100)
        #expect(throws: PlainProblem.notHTTP("its head is too long")) { try read(Array(answer.utf8), pieces: [7]) }
    }

    @Test func rubbishNeverReadsBeyondItsEnd() async throws {
        let words = [
            "HTTP/1.1 200 OK\r\n", "Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n", "\r\n", "3\r\nabc\r\n",
            "Content-Encoding: gzip\r\n", "0\r\n", "a", "\n", ":", "\u{0}",
        ]
        try await Fuzzing.loop(least: 2000) { seed in
            var random = SeededGenerator(seed: seed)
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                bytes += Array((words.randomElement(using: &random) ?? "").utf8)
            }
            let pieces = (0..<10).map { _ in Int.random(in: 0...9, using: &random) }
            do {
                let (parser, used) = try read(bytes, pieces: pieces)
                #expect(used <= bytes.count && parser.body.count <= 1000, "seed \(seed)")
            } catch is PlainProblem {}
        }
    }
}
