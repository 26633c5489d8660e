import Logging
import Testing

@testable import C8Run

/// Texts one after another in a real session.
@Suite struct PromptSessionTests {
    private static func with(
        output: @escaping @Sendable ([UInt8]) -> Void = { _ in }, _ body: (PromptSession) async throws -> Void
    ) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let configuration = ScriptHost.Configuration(standardOutput: output, logger: logger)
        let session = try await PromptSession(ScriptHost(configuration: configuration), folder: nil)
        do {
            try await body(session)
        } catch {
            await session.close()
            throw error
        }
        await session.close()
    }

    private static func shown(_ text: String, in session: PromptSession) async -> String {
        do {
            return ValuePrinter(width: 100).text(of: try await session.evaluate(text))
        } catch {
            return "\((error as? ScriptError)?.message ?? "\(error)")"
        }
    }

    /// Lines with what each is answered by.
    static let dialogues: [[(line: String, shown: String)]] = [
        [("1 + 1", "2"), ("_ * 21", "42"), ("nil, 'a', {}", #"nil, "a", {}"#), ("_", "nil")],
        [("local x = 1", ""), ("x", "1"), ("x = x + 1", ""), ("x", "2"), ("local x = 'new'", ""), ("x", #""new""#)],
        [
            ("local n = 0; function inc() n = n + 1; return n end", ""), ("inc()", "1"), ("n", "1"), ("n = 10", ""),
            ("inc()", "11"), ("local n = 'other'", ""), ("inc()", "12"), ("n", #""other""#),
        ],
        [
            ("local c <const> = 7", ""), ("c + 1", "8"), ("c = 1", "stdin:1: attempt to assign to const variable 'c'"),
            ("local function f(a) return a and f(a - 1 > 0 and a - 1 or nil) or 'done' end", ""), ("f(3)", #""done""#),
        ],
        [("local a = 1 return a + 1", "2"), ("a", "1"), ("local b = 2 -- a comment", ""), ("b", "2")],
        [("local a = 1; error('no', 0)", "no"), ("a", "nil"), ("local z = 3; local w = z", ""), ("w", "3")],
        [("x =", "stdin:1: unexpected symbol near <eof>"), ("1", "1")],
        [("local t = {}; t.self = t; t.sub = {t}", ""), ("t", "{self = <cycle: _>, sub = {<cycle: _>}}")],
        [
            ("setmetatable({1}, {__name = 'Point'})", "Point {1}"),
            ("setmetatable({}, {__tostring = function() return 'text' end})", "text"),
            ("setmetatable({}, {__tostring = error})", "<table whose __tostring failed>"),
            ("c8.json.decode('[1, []]')", "{1, json.array {}}"), ("_, {data = _}", "{1, json.array {}}, {data = <_>}"),
            ("setmetatable({}, {__index = error, __pairs = error, __len = error})", "{}"),
        ],
        [
            ("print, string.format", "<function print>, <function string.format>"),
            ("function add(a, b) return a + b end", ""), ("add", "<function add: stdin:1>"),
            ("coroutine.create(print)", "<coroutine: suspended>"), ("c8.json.null", "null"),
            ("c8.json.decode", "<function c8.json.decode>"), ("c8.production.orders", "c8.production.orders"),
        ],
        [("local _ENV = {y = 1}; return y", "1"), ("type(print)", #""function""#)],
        [("goto done; do local q = 1 end ::done::", ""), ("select('#')", "0")],
        [("do goto done end local q = 1 ::done::", ""), ("q", "nil")],
    ]

    @Test(arguments: dialogues.indices)
    func linesAreAnswered(_ index: Int) async throws {
        try await Self.with { session in
            for (line, expected) in Self.dialogues[index] {
                #expect(await Self.shown(line, in: session) == expected, "\(line)")
            }
        }
    }

    static let incomplete = ["if x then", "f(", "x = {", "--[[", "x =", "function f()", "[[ab", "local x <const"]
    static let complete = ["x", "if x then end", "x )", "'ab", "f()", ""]

    @Test func inputThatMayGoOnIsRecognised() {
        for text in Self.incomplete { #expect(PromptSession.isIncomplete(text), "\(text)") }
        for text in Self.complete { #expect(!PromptSession.isIncomplete(text), "\(text)") }
    }

    @Test func namesAreFoundWithoutRunningAnything() async throws {
        try await Self.with { session in
            _ = try await session.evaluate(
                """
                local mine = setmetatable({own = 1}, {__index = {inherited = print}})
                trap = setmetatable({}, {__index = function() error("run") end})
                """)
            let globals = await session.names(at: [])
            #expect(globals.contains(PromptName("mine", .table)) && globals.contains(PromptName("print", .function)))
            #expect(
                Set(await session.names(at: ["mine"])) == [
                    PromptName("own", .value), PromptName("inherited", .function),
                ])
            #expect(await session.names(at: ["trap", "x"]).isEmpty)
            #expect(await session.names(at: ["c8", "json"]).contains(PromptName("decode", .function)))
            #expect(await session.names(at: ["string"]).contains(PromptName("format", .function)))
        }
    }

    @Test func signatureNamesParametersAndPlace() async throws {
        try await Self.with { session in
            _ = try await session.evaluate("\nfunction f(a, b, ...) end")
            let signature = await session.signature(at: ["f"])
            #expect(signature?.parameters == "a, b, ...")
            #expect(signature?.place == "stdin:2")
            #expect(await session.signature(at: ["print"]) == nil)
        }
    }

    @Test func interruptionLeavesTheSessionUsable() async throws {
        let (begun, continuation) = AsyncStream.makeStream(of: Void.self)
        try await Self.with(output: { _ in continuation.yield() }) { session in
            async let endless = Self.shown("x = 2 print() while true do end", in: session)
            for await _ in begun { break }
            session.interrupt()
            #expect(await endless.contains("cancelled"))
            #expect(await Self.shown("x", in: session) == "2")
        }
    }

    @Test func exitEndsTheSession() async throws {
        try await Self.with { session in
            _ = await Self.shown("os.exit(7)", in: session)
            #expect(session.hasEnded)
            #expect(await session.exitStatus == 7)
        }
    }
}
