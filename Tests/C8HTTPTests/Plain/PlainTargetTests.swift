import Testing

@testable import C8HTTP

@Suite struct PlainTargetTests {
    @Test(
        arguments: [
            ("http://127.0.0.1:8080/a?b=c", "127.0.0.1", 8080, "/a?b=c"), ("http://localhost/", "localhost", 80, "/"),
            ("http://[::1]:9/a%20b", "::1", 9, "/a%20b"),
        ])
    func aURLIsTakenApart(url: String, host: String, port: UInt16, target: String) throws {
        let found = try #require(PlainTarget(url))
        #expect(found.host == host && found.port == port && found.target == target)
    }

    /// What readers of URLs disagree about, the plain connections leave to the client.
    @Test(
        arguments: [
            "https://localhost/", "http://localhost", "http://user@localhost/", "http://localhost:/",
            "http://localhost:0/",
            "http://localhost:65536/", "http://localhost:+1/", "http://localhost/a b", "http://localhost/#a",
            "http://localhost/\\a", "http://localhost/é", "http:///a", "http://a@b:1/", "http://[::1/",
            "http://[::1]a/",
            "HTTP://localhost/", "http://lo%63alhost/", "",
        ])
    func otherURLsAreLeft(url: String) {
        #expect(PlainTarget(url) == nil)
    }

    @Test(
        arguments: [
            ("Host", "a"), ("content-length", "1"), ("Connection", "close"), ("A b", "c"), ("A", "b\r\nC: d"),
            ("A", "é"),
        ])
    func aHeadThatIsNotOursIsLeft(name: String, value: String) throws {
        let target = try #require(PlainTarget("http://localhost/"))
        let request = HTTPRequest(method: "GET", url: "http://localhost/", headers: [(name, value)])
        #expect(PlainRequestText.head(request, to: target) == nil)
    }
}
