import Fuzzing
import Testing

@testable import C8HTTP

@Suite struct FormCaptureTests {
    private static let content = "data\r\n--x\r\n-- \r\n--boundar\r\n"
    private static let form = """
        --boundary\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--boundary\r\n\
        Content-Disposition: form-data; name="f"; filename="数.txt"\r\nContent-Type: text/plain\r\n\r\n\(content)\r\n\
        --boundary\r\nContent-Disposition: form-data; name="empty"\r\n\r\n\r\n--boundary--\r\n
        """
    private static let parts: [CapturedBody.Part] = [
        CapturedBody.Part(name: "a", body: .bytes([49])),
        CapturedBody.Part(name: "f", fileName: "数.txt", type: "text/plain", body: .bytes(Array(content.utf8))),
        CapturedBody.Part(name: "empty", body: .bytes([])),
    ]

    /// However it comes in pieces.
    @Test func partsAreTakenApart() async {
        let bytes = Array(Self.form.utf8)
        await Fuzzing.loop { seed in
            var generator = SeededGenerator(seed: seed)
            var capture = BodyCapture(limit: 1000, contentType: "multipart/form-data; boundary=\"boundary\"")
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(1 + generator.number(below: 40))
                capture.append(Array(piece))
                rest = rest.dropFirst(piece.count)
            }
            #expect(capture.body == .form(Self.parts), "seed \(seed)")
        }
    }

    @Test func longContentLeavesItsDigest() {
        var capture = BodyCapture(limit: 3)
        for _ in 0..<4 { capture.append(Array("ab".utf8)) }
        // printf abababab | sha256sum
        #expect(
            capture.body
                == .digest(sha256: "9ba3d1c770bd1d031494bbd49d53e1e0b6b5512a4b3a2d56d274e4bb173a2a00", size: 8))
    }

    @Test func whatIsNoFormIsKeptAsItCame() {
        var capture = BodyCapture(limit: 1000, contentType: "multipart/form-data; boundary=b")
        capture.append(Array("no form".utf8))
        #expect(capture.body == .bytes(Array("no form".utf8)))
    }
}
