import C8Run
import Testing

@Suite struct RedirectTests {
    @Test(arguments: [
        ("GET", 301, "GET", ""), ("GET", 302, "GET", ""), ("GET", 303, "GET", ""), ("GET", 307, "GET", ""),
        ("POST", 301, "GET", ""), ("POST", 302, "GET", ""), ("POST", 303, "GET", ""), ("POST", 307, "POST", "b"),
        ("POST", 308, "POST", "b"), ("PUT", 302, "PUT", "b"), ("PUT", 303, "GET", ""), ("DELETE", 308, "DELETE", "b"),
    ])
    func methodAndBodyFollowTheStatus(method: String, status: Int, next: String, body: String) async throws {
        let sent = method == "GET" ? "" : ", body = 'b'"
        let source =
            "local r = http.request{method = '\(method)', url = here .. '/redirect/\(status)?/x'\(sent)} "
            + "io.write(r.body:match('^[^\\n]*'), '|', r.body:match('\\n\\n(.*)'), '|', (r.url:gsub(here, '')))"
        #expect(try await EchoServer.run(source).printed == "\(next) /x HTTP/1.1|\(body)|/x")
    }

    @Test func everyHopNeedsItsGrant() async throws {
        let source = "io.write(select(2, pcall(http.get, here .. '/redirect/302?' .. there .. '/x')).kind)"
        let run = try await EchoServer.run(source)
        #expect(run.printed == "denied")
        #expect(run.here.count == 1)
        #expect(run.there.isEmpty)
    }

    @Test(arguments: [
        "http://127.0.0.1:1/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/",
    ])
    func redirectToThisMachineOrTheCloudIsDenied(target: String) async throws {
        let source = "io.write(select(2, pcall(http.get, here .. '/redirect/302?\(target)')).kind)"
        #expect(try await EchoServer.run(source).printed == "denied")
    }

    @Test func credentialsStayWithTheirOrigin() async throws {
        let source =
            "local h = {Authorization = 'Bearer x', Cookie = 'c=1', ['X-Other'] = 'kept'} "
            + "http.get(here .. '/redirect/302?' .. there .. '/x', {headers = h}) "
            + "http.get(here .. '/redirect/302?/y', {headers = h})"
        let run = try await EchoServer.run(source, configure: EchoServer.grantBoth)
        let elsewhere = run.there.map(EchoServer.text).joined()
        #expect(elsewhere.contains("x-other: kept"))
        #expect(!elsewhere.contains("authorization"))
        #expect(!elsewhere.contains("cookie"))
        #expect(run.here.last.map(EchoServer.text)?.contains("authorization: Bearer x") == true)
    }

    @Test func redirectsCanBeLeftToTheScript() async throws {
        let source =
            "local r = http.get(here .. '/redirect/302?/x', {redirects = 0}) io.write(r.status, r.headers.location)"
        #expect(try await EchoServer.run(source).printed == "302/x")
    }
}
