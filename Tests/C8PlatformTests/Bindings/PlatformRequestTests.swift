import C8Platform
import Testing

struct PlatformRequestTests {
    @Test(arguments: [
        "/", "/a", "/a/b/", "/a//b", "/a/%E6%95%B0", "/a;v=1/b", "/a:b", "/.well-known", "/...", "/a.b", "/%20",
        "/a,b+c=d&e!$'()*~_-",
    ])
    func ordinaryPathsAreTaken(path: String) throws {
        #expect(try PlatformRequest(method: .get, path: path).target == path)
        #expect(try PathTemplate(path).fieldNames.isEmpty)
    }

    @Test(arguments: [
        ("", "no '/' at its beginning"), ("a", "no '/' at its beginning"),
        ("https://evil.example/x", "no '/' at its beginning"),
        ("//evil.example/x", "'//' at its beginning, which names a host"), ("/@evil.example", "the character '@'"),
        ("/a@b", "the character '@'"), ("/a\\b", "the character '\\'"), ("/a?b=c", "the character '?'"),
        ("/a#b", "the character '#'"),
        ("/a b", "a control character or a space (byte 0x20)"),
        ("/a\r\nHost: x", "a control character or a space (byte 0x0D)"),
        ("/a\u{0}", "a control character or a space (byte 0x00)"),
        ("/a\u{7F}", "a control character or a space (byte 0x7F)"),
        ("/数", "a character outside ASCII that is not percent-encoded"),
        ("/a%", "a '%' without two hexadecimal digits after it"),
        ("/a%2", "a '%' without two hexadecimal digits after it"),
        ("/a%zz", "a '%' without two hexadecimal digits after it"),
        ("/%0d%0a", "an encoded control character"), ("/.", "a segment '.', which climbs or stays in the tree"),
        ("/a/../b", "a segment '..', which climbs or stays in the tree"),
        ("/a/%2e%2E/b", "a segment '..', which climbs or stays in the tree"),
        ("/a/.%2e", "a segment '..', which climbs or stays in the tree"),
        ("/a%2f..%2fb", "a segment '..', which climbs or stays in the tree"),
        ("/a/..;x=1/b", "a segment '..', which climbs or stays in the tree"),
        ("/a%5c..", "a segment '..', which climbs or stays in the tree"),
    ])
    func pathsThatCouldMeanSomethingElseAreRefused(path: String, reason: String) {
        let error = failure { () throws(BindingError) in try PlatformRequest(method: .get, path: path) }
        #expect(error?.kind == .invalidRequest)
        #expect(error?.message == "the path has \(reason)")
        #expect(failure { () throws(PathProblem) in try PathTemplate(path) }?.message == reason)
    }

    @Test(arguments: [
        ("/a/{b", "a '{' without a '}' after it"), ("/a/b}", "a '}' without a '{' before it"),
        ("/a/{}", "a placeholder without a name"),
        ("/a/{b{c}}", "a '{' without a '}' after it"), ("{a}", "no '/' at its beginning"),
        ("//{a}", "'//' at its beginning, which names a host"),
    ])
    func templatesWithBrokenPlaceholdersAreRefused(path: String, reason: String) {
        #expect(failure { () throws(PathProblem) in try PathTemplate(path) }?.message == reason)
    }

    @Test func aPathHasALimit() {
        #expect(throws: BindingError.self) {
            try PlatformRequest(method: .get, path: "/" + String(repeating: "a", count: 4096))
        }
    }

    @Test func theQueryIsEncodedAndKeepsItsOrder() throws {
        let request = try PlatformRequest(method: .get, path: "/a", query: [("z", "1"), ("a b", "数&="), ("z", "~-._")])
        #expect(request.target == "/a?z=1&a%20b=%E6%95%B0%26%3D&z=~-._")
    }
}
