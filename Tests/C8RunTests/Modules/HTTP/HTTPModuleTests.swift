import C8Run
import Testing

@Suite struct HTTPModuleTests {
    @Test(
        arguments: [
            ("io.write(http.get(here .. '/a?b=c').body:match('^[^\\n]*'))", "GET /a?b=c HTTP/1.1"),
            ("io.write(http.request{url = here .. '/x'}.body:match('^[^\\n]*'))", "GET /x HTTP/1.1"),
            ("io.write(http.request{url = here, method = 'delete'}.body:match('^[^\\n]*'))", "DELETE / HTTP/1.1"),
            ("io.write(http.put(here, {body = 'x\\0y'}).body:match('\\n\\n(.*)'))", "x\0y"),
            ("io.write(http.post(here, {body = {'a', 1, 'b'}}).body:match('\\n\\n(.*)'))", "a1b"),
            ("io.write(http.post(here, {json = {a = {1, 2}}}).body:match('\\n\\n(.*)'))", #"{"a":[1,2]}"#),
            (
                "io.write(http.post(here, {json = {}}).body:match('content%-type: [^\\n]*'))",
                "content-type: application/json"
            ),
            (
                "io.write(http.post(here, {json = 1, headers = {['Content-Type'] = 'a/b'}}).body:match('content%-type: [^\\n]*'))",
                "content-type: a/b"
            ),
            ("io.write(http.post(here).body:match('content%-length: %d'))", "content-length: 0"),
            ("io.write(http.get(here, {headers = {['X-A'] = 'ä 1'}}).body:match('x%-a: [^\\n]*'))", "x-a: ä 1"),
            (
                "io.write(http.get(here .. '/p?z=1', {query = {b = 2, a = 'x y'}}).body:match('^[^\\n]*'))",
                "GET /p?z=1&a=x%20y&b=2 HTTP/1.1"
            ),
            ("io.write(http.get(here .. '/status/404').status)", "404"),
            ("io.write(#http.get(here .. '/body/100000').body)", "100000"),
            ("local r = http.get(here .. '/header?X-Y:%20z') io.write(r.headers['x-y'], r.headers['X-Y'])", "zz"),
            ("io.write(tostring(http.get(here .. '/header?X-Y:%20z').headers.none))", "nil"),
            ("io.write(http.post(here, {json = {k = 'v'}}).body:find('{', 1, true) and 'ok')", "ok"),
            ("local r = http.head(here .. '/body/10') io.write(r.status, #r.body)", "2000"),
            ("io.write(tostring(pcall(http.get(here .. '/body/3').json)))", "false"),
        ] as [(String, String)])
    func requestsAreMade(source: String, printed: String) async throws {
        #expect(try await EchoServer.run(source).printed == printed)
    }

    /// What the script gets as `kind` and part of the message.
    @Test(
        arguments: [
            ("http.get(there)", "denied", "--allow-net=127.0.0.1:"),
            ("http.get('http://example.com/')", "denied", "--allow-net=example.com:80"),
            ("http.get(here:gsub('127.0.0.1', '2130706433'))", "denied", "four decimal numbers"),
            ("http.get((here:gsub('//', '//a@')))", "denied", "user name"),
            ("http.get('ftp://x/')", "invalid", "https:// or http://"),
            ("http.get(here .. '/a b')", "invalid", "percent-encode"),
            ("http.get(here .. '/\\r\\nX: y')", "invalid", "line break"),
            ("http.get(1)", "invalid", "url must be a string"),
            ("http.get(here, 1)", "invalid", "options must be a table"),
            ("http.get(here, {1})", "invalid", "options are named"),
            ("http.get(here, {heders = {}})", "invalid", "did you mean headers?"),
            ("http.get(here, {headers = {Host = 'x'}})", "invalid", "c8run's own"),
            ("http.get(here, {headers = {['Transfer-Encoding'] = 'x'}})", "invalid", "c8run's own"),
            ("http.get(here, {headers = {['content-length'] = '5'}})", "invalid", "c8run's own"),
            ("http.get(here, {headers = {['A B'] = 'x'}})", "invalid", "header's name"),
            ("http.get(here, {headers = {['A\\r\\nB'] = 'x'}})", "invalid", "header's name"),
            ("http.get(here, {headers = {[''] = 'x'}})", "invalid", "header's name"),
            ("http.get(here, {headers = {A = 'x\\r\\nB: c'}})", "invalid", "line break"),
            ("http.get(here, {headers = {A = 'x\\0'}})", "invalid", "control character"),
            ("http.get(here, {headers = {A = '\\xff'}})", "invalid", "no UTF-8"),
            ("http.get(here, {headers = {A = {}}})", "invalid", "headers.A"),
            ("http.get(here, {query = {a = print}})", "invalid", "query.a"),
            ("http.post(here, {body = {a = 1}})", "invalid", "use json"),
            ("http.post(here, {body = 'a', json = 1})", "invalid", "not both"),
            ("http.post(here, {json = {print}})", "invalid", "json[1]"),
            ("http.get(here, {timeout = 0})", "invalid", "timeout"),
            ("http.get(here, {max_body = -1})", "invalid", "max_body"),
            ("http.get(here, {redirects = 1.5})", "invalid", "redirects"),
            ("http.request{url = here, method = 'GET X'}", "invalid", "method"),
            ("http.request{url = here, method = 'CONNECT'}", "invalid", "method"),
            ("http.get(here .. '/body/2000', {max_body = 1000})", "limit", "max_body"),
            ("http.get(here .. '/nothing')", "network", "closed"),
            ("http.get(here .. '/garbage')", "http", "not HTTP"),
            ("http.get(here .. '/redirect/302?/redirect/302', {redirects = 3})", "http", "more than 3 redirects"),
            ("http.get(here .. '/redirect/302?ftp://x/')", "http", "redirect's URL"),
            ("http.get(here .. '/redirect/302?//a@127.0.0.1/')", "denied", "user name"),
        ] as [(String, String, String)])
    func refusalsSayWhatToDo(call: String, kind: String, message: String) async throws {
        let source = "local _, e = pcall(function() return \(call) end) io.write(e.kind, ' ', e.message)"
        let printed = try await EchoServer.run(source).printed
        #expect(printed.hasPrefix(kind + " "))
        #expect(printed.contains(message), "\(printed)")
    }

    @Test func nothingIsGrantedByDefault() async throws {
        let source =
            "for _, url in ipairs{here, 'http://localhost/', 'http://[::1]/', 'https://example.com/'} do "
            + "io.write(select(2, pcall(http.get, url)).kind, ' ') end"
        let run = try await EchoServer.run(source) { _, _, _ in }
        #expect(run.printed == "denied denied denied denied ")
        #expect(run.here.isEmpty)
    }

    @Test func everywhereIsNotThisMachine() async throws {
        let source = "io.write(select(2, pcall(http.get, here)).kind)"
        let run = try await EchoServer.run(source) { configuration, _, _ in
            configuration.grants.network = .everywhere(and: [])
        }
        #expect(run.printed == "denied")
        #expect(run.here.isEmpty)
    }

    @Test func denialWinsOverGrant() async throws {
        let source = "io.write(select(2, pcall(http.get, here)).message:match('%-%-deny%-net'))"
        let run = try await EchoServer.run(source) { configuration, here, there in
            EchoServer.grantBoth(&configuration, here: here, there: there)
            configuration.grants.denyNetwork = .hosts(["127.0.0.1:\(here)"])
        }
        #expect(run.printed == "--deny-net")
        #expect(run.here.isEmpty)
    }

    @Test func wrongGrantIsTheHostsMistake() async throws {
        let error = await #expect(throws: ScriptError.self) {
            try await EchoServer.run("") { configuration, _, _ in
                configuration.grants.network = .hosts(["https://example.com"])
            }
        }
        #expect(error?.kind == .config)
    }

    @Test func answerStaysWithinTheScriptsMemory() async throws {
        let source =
            "io.write(select(2, pcall(http.get, here .. '/body/20000000')).message:match('it does not fit.*'))"
        #expect(try await EchoServer.run(source, memory: 32 << 20).printed == "it does not fit in the script's memory")
    }

    @Test func failedWriteSaysWhatIsKnown() async throws {
        let source =
            "io.write(select(2, pcall(http.post, here .. '/nothing')).outcome, ' ', "
            + "select(2, pcall(http.post, 'http://127.0.0.1:1/')).outcome)"
        let run = try await EchoServer.run(source, configure: EchoServer.grantBoth)
        #expect(run.printed == "unknown not_sent")
    }

    @Test func cancellationEndsARequestThatIsUnderWay() async throws {
        let task = Task {
            try await EchoServer.run("http.get(here .. '/header?A:%20b') while true do http.get(here) end")
        }
        task.cancel()
        await #expect(throws: (any Error).self) { try await task.value }
    }
}
