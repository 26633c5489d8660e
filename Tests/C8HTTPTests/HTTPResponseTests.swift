import C8HTTP
import Testing

@Suite struct HTTPResponseTests {
    @Test(
        arguments: [
            ("content-type", "a"), ("CONTENT-TYPE", "a"), ("Content-Type", "a"), ("X-Empty", ""), ("Content", nil),
            ("", nil),
        ] as [(String, String?)])
    func headersAreFoundInAnyCaseAndTheFirstCounts(name: String, value: String?) {
        let response = HTTPResponse(
            status: 200, headers: [("Content-Type", "a"), ("content-type", "b"), ("X-Empty", "")])
        #expect(response.header(named: name) == value)
    }
}
