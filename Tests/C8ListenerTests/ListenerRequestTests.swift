import Fuzzing
import Testing

@testable import C8Listener

@Suite struct ListenerRequestTests {
    private func read(_ text: String) -> ListenerRequest.Reading {
        var request = ListenerRequest()
        return request.take(text.utf8)
    }

    @Test(
        arguments: [
            ("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", .page("/healthz", isHead: false)),
            ("HEAD /metrics?a=b HTTP/1.0\n\n", .page("/metrics", isHead: true)),
            ("GET / HTTP/1.1\r\n", .incomplete), ("", .incomplete), ("\r\n\r\n", .refused(400)),
            ("GET  / HTTP/1.1\r\n\r\n", .refused(400)), ("GET x HTTP/1.1\r\n\r\n", .refused(400)),
            ("GET /\u{7} HTTP/1.1\r\n\r\n", .refused(400)), ("POST / HTTP/1.1\r\n\r\n", .refused(405)),
            ("GET / HTTP/2\r\n\r\n", .refused(505)),
            ("GET / HTTP/1.1\r\n\r\nGET /x HTTP/1.1", .page("/", isHead: false)),
        ] as [(String, ListenerRequest.Reading)])
    func headsAreRead(_ text: String, _ reading: ListenerRequest.Reading) {
        #expect(read(text) == reading)
    }

    @Test func longHeadsAreRefused() {
        #expect(read("GET / HTTP/1.1\r\n" + String(repeating: "a", count: 8200)) == .refused(431))
        #expect(read("GET /" + String(repeating: "a", count: 9000) + " HTTP/1.1\r\n\r\n") == .refused(431))
    }

    @Test func howItIsCutMakesNoDifference() async {
        let pieces = ["GET ", "/healthz", " HTTP/1.1", "\r\n", "\n", "\r", "Host: x", " ", "\u{0}", "HEAD", "/"]
        await Fuzzing.loop { seed in
            var random = SeededGenerator(seed: seed)
            let bytes = Array(random.text(of: pieces, most: 12).utf8)
            var whole = ListenerRequest()
            let expected = whole.take(bytes)
            var cut = ListenerRequest()
            var reading = ListenerRequest.Reading.incomplete
            var rest = bytes[...]
            while !rest.isEmpty, reading == .incomplete {
                let count = 1 + random.number(below: rest.count)
                reading = cut.take(rest.prefix(count))
                rest = rest.dropFirst(count)
            }
            #expect(reading == expected, "seed \(seed)")
        }
    }
}
