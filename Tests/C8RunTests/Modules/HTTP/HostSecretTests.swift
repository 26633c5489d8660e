import C8Run
import Testing

/// A secret reaches its own host, and nobody and nothing else.
@Suite struct HostSecretTests {
    private static let canary = "CANARY/7f\"31"

    @Sendable private static func configure(_ configuration: inout ScriptHost.Configuration, here: Int, there: Int) {
        EchoServer.grantBoth(&configuration, here: here, there: there)
        configuration.secrets = ["erp": HostSecret(host: "127.0.0.1:\(here)") { canary }]
    }

    @Test(arguments: [
        ("{headers = {A = s}}", "a: CANARY/7f\"31"), ("{headers = {A = {'Bearer ', s}}}", "a: Bearer CANARY/7f\"31"),
        ("{headers = {A = s:basic('me')}}", "a: Basic bWU6Q0FOQVJZLzdmIjMx"),
        ("{query = {k = s}}", "k=CANARY%2F7f%2231"), ("{body = {'p=', s}}", "\n\np=CANARY/7f\"31"),
        ("{json = {p = s}}", #"{"p":"CANARY/7f\"31"}"#),
    ])
    func secretIsSent(options: String, seen: String) async throws {
        let source = "local s = require('c8.env').secret('erp') io.write(http.post(here, \(options)).body)"
        let run = try await EchoServer.run(source, configure: Self.configure)
        #expect(run.here.first.map(EchoServer.text)?.contains(seen) == true)
        // The server repeats what it got; the script still does not see it.
        #expect(!run.printed.contains("CANARY"))
        #expect(!run.printed.contains("Q0FOQVJZ"))
        #expect(run.printed.contains("‹secret›"))
    }

    @Test(arguments: [
        "http.post(there, {body = s})", "http.post((here:gsub('127.0.0.1', 'localhost')), {body = s})",
        "http.post(here .. '/redirect/307?' .. there, {body = s})", "return 'a' .. s", "return s .. 'a'",
        "return s .. s",
    ])
    func secretGoesNowhereElse(use: String) async throws {
        let source =
            "local s = require('c8.env').secret('erp') "
            + "local ok, e = pcall(function() \(use) end) io.write(e.kind, ' ', tostring(e))"
        let run = try await EchoServer.run(source, configure: Self.configure)
        #expect(run.printed.hasPrefix("denied "), "\(run.printed)")
        #expect(!run.printed.contains("CANARY"))
        #expect(run.there.isEmpty)
    }

    @Test func secretShowsNothingOfItself() async throws {
        let source =
            "local s = require('c8.env').secret('erp') "
            + "io.write(tostring(s), ' ', ('%s'):format(s), ' ', tostring(getmetatable(s)), ' ', tostring(pcall(#s)), ' ') "
            + "for _, f in ipairs{function() return #s end, function() return s + 1 end, function() return s.content end, "
            + "function() return require('c8.json').encode({s}) end, function() return s < s end, "
            + "function() return string.rep(s, 2) end, function() return table.concat{s} end, function() return s() end, "
            + "function() return io.write(s) end, function() return next(s) end} do io.write(tostring(select(2, pcall(f))), ';') end"
        let printed = try await EchoServer.run(
            source.replacing("tostring(pcall(#s))", with: "''"), configure: Self.configure
        ).printed
        #expect(!printed.contains("CANARY"))
        #expect(printed.hasPrefix("‹secret erp› ‹secret erp› false"))
    }

    @Test func headerWithASecretIsLeftBehindByARedirect() async throws {
        let source =
            "local s = require('c8.env').secret('erp') "
            + "http.get(here .. '/redirect/302?' .. there, {headers = {['X-Key'] = s, ['X-Other'] = '1'}})"
        let run = try await EchoServer.run(source, configure: Self.configure)
        let text = run.there.map(EchoServer.text).joined()
        #expect(text.contains("x-other: 1"))
        #expect(!text.contains("x-key"))
    }

    @Test func secretNeedsTheGrantToo() async throws {
        let source =
            "local s = require('c8.env').secret('erp') io.write(select(2, pcall(http.post, here, {body = s})).kind)"
        let run = try await EchoServer.run(source) { configuration, here, there in
            Self.configure(&configuration, here: here, there: there)
            configuration.grants.network = .none
        }
        #expect(run.printed == "denied")
        #expect(run.here.isEmpty)
    }

    @Test func plainHTTPIsForThisMachineAlone() async throws {
        let source =
            "local s = require('c8.env').secret('erp') "
            + "io.write(select(2, pcall(http.get, 'http://erp.example.com/', {headers = {A = s}})).message)"
        let run = try await EchoServer.run(source) { configuration, _, _ in
            configuration.grants.network = .hosts(["erp.example.com"])
            configuration.secrets = ["erp": HostSecret(host: "erp.example.com") { Self.canary }]
        }
        #expect(run.printed.contains("use https"))
    }

    @Test func unknownNameIsToldWithTheKnownOnes() async throws {
        let source = "local _, e = pcall(require('c8.env').secret, 'epr') io.write(e.kind, ' ', e.message)"
        let printed = try await EchoServer.run(source, configure: Self.configure).printed
        #expect(printed == "config the profile has no secret \"epr\"; it has erp")
    }
}
