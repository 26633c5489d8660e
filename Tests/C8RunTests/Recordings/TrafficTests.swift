import C8Emulator
import C8Run
import ScriptedServer
import Testing

/// What scripts see of a replay is what they saw when it was recorded.
@Suite struct TrafficTests {
    /// Base URLs of the platform and of other hosts lead nowhere in a replay.
    private static let nowhere = "http://127.0.0.1:1"

    private static func replay(_ recording: TrafficRecording) throws -> TrafficReplay {
        try TrafficReplay(recording.text, name: "t.json")
    }

    /// Runs a script against the platform twice: recorded, and from the recording.
    private static func runTwice(
        _ source: String, _ configure: (inout PlatformScript) -> Void = { _ in }
    ) async throws -> (recorded: String, replayed: String, tape: String, unused: [String]) {
        var script = PlatformScript()
        configure(&script)
        let recording = TrafficRecording()
        script.traffic = .recorded(recording)
        let recorded = try await script.run(source)
        let replay = try Self.replay(recording)
        script.traffic = .replayed(replay)
        script.baseURL = nowhere
        script.faults = []
        let replayed = try await script.run(source)
        #expect(replayed.calls.isEmpty)
        return (recorded.printed, replayed.printed, String(decoding: recording.text, as: UTF8.self), replay.unused)
    }

    static let scripts = [
        // An answer, an error of the platform, a question that is asked again and again.
        """
        local order = {orderNo = 'A', productCode = 'S', quantity = 5}
        local data, envelope = c8.production.orders.create(order)
        print(json.encode(data, {sort_keys = true}), envelope.trace_id)
        local ok, e = pcall(c8.production.orders.create, order)
        print(ok, e.kind, e.code, e.message, e.trace_id, e.outcome)
        for _ = 1, 3 do print(json.encode(c8.production.orders.get{orderNo = 'A'}, {sort_keys = true})) end
        """,
        // Tasks that ask at the same time.
        """
        local task = require 'c8.task'
        local tasks = {}
        for i = 1, 20 do
          tasks[i] = task.spawn(function()
            return c8.production.orders.create{orderNo = 'T' .. i, productCode = 'S', quantity = i}.orderNo
          end)
        end
        for i = 1, 20 do print(tasks[i]:await()) end
        """,
        // A form with a file, and a download.
        """
        c8.production.orders.create{orderNo = 'F', productCode = 'S', quantity = 50000}
        local lines = {}
        for i = 1, 40000 do lines[i] = ('%032d'):format(i) end
        fs.write(dir .. '/codes.txt', table.concat(lines, '\\n'))
        print(json.encode(c8.production.files.upload{orderNo = 'F', file = c8.file(dir .. '/codes.txt')}, {sort_keys = true}))
        c8.codes.orders.create{orderNo = 'C', quantity = 2000}
        local _, file = c8.codes.orders.get_printer_package({orderNo = 'C'}, {save_to = dir .. '/package'})
        print(file.name, file.type, fs.read(dir .. '/package'))
        """,
        // What is no request at all.
        "local ok, e = pcall(c8.production.orders.create, {orderNo = 1}) print(ok, e.kind)",
    ]

    @Test(arguments: scripts)
    func platformIsPlayed(source: String) async throws {
        let runs = try await Self.runTwice(source)
        #expect(runs.replayed == runs.recorded)
        #expect(!runs.recorded.isEmpty)
        #expect(runs.unused.isEmpty)
    }

    /// The platform refuses a token, the connection is cut after the effect, a gateway stands in the way.
    @Test(arguments: [
        "token:invalid,times=1", "token:meta,times=1", "cut-after,times=1", "status:503,times=1",
        "envelope:html,times=1",
    ])
    func faultsArePlayed(fault: String) async throws {
        let source = """
            local ok, e = pcall(c8.production.orders.create, {orderNo = 'A', productCode = 'S', quantity = 5})
            print(ok, ok and e.orderNo or e.kind, not ok and e.outcome, not ok and e.message, not ok and e.attempts)
            print(select('#', pcall(c8.production.orders.get, {orderNo = 'A'})))
            """
        let faults = [try Fault(parsing: fault)]
        let runs = try await Self.runTwice(source) { script in
            script.faults = faults
            script.tokenInterval = .milliseconds(100)
        }
        #expect(runs.replayed == runs.recorded)
    }

    /// A run that found a token in its store asked for none, and its replay finds one too.
    @Test func tokenOfTheStoreNeedsNoRecording() async throws {
        let runs = try await Self.runTwice(
            "print(c8.production.orders.create{orderNo = 'A', productCode = 'S', quantity = 1}.orderNo)")
        var tape = runs.tape
        let start = try #require(tape.firstRange(of: "\n    {\n      \"request\""))
        let next = try #require(tape[start.upperBound...].firstRange(of: "\n    {\n      \"request\""))
        #expect(tape[start.lowerBound..<next.lowerBound].contains("get-token"))
        tape.removeSubrange(start.lowerBound..<next.lowerBound)
        var script = PlatformScript()
        script.baseURL = Self.nowhere
        script.traffic = .replayed(try TrafficReplay(Array(tape.utf8), name: "t.json"))
        let source = "print(c8.production.orders.create{orderNo = 'A', productCode = 'S', quantity = 1}.orderNo)"
        #expect(try await script.run(source).printed == runs.recorded)
    }

    @Test func whatWasNotRecordedFailsAsNotSent() async throws {
        var script = PlatformScript()
        let recording = TrafficRecording()
        script.traffic = .recorded(recording)
        _ = try await script.run("c8.production.orders.create{orderNo = 'A', productCode = 'S', quantity = 500}")
        let replay = try Self.replay(recording)
        script.traffic = .replayed(replay)
        let outcome = try await script.run(
            """
            local ok, e = pcall(c8.production.orders.create, {orderNo = 'A', productCode = 'S', quantity = 501})
            print(e.kind, e.outcome, e.attempts) print(e.message)
            """)
        #expect(
            outcome.printed == """
                http\tnot_sent\t1
                production.orders.create: no recording in t.json answers POST /emulator/production/orders; the nearest, \
                exchange 2 differs:
                  body $.quantity: recorded 500, asked 501

                """)
        #expect(outcome.calls.isEmpty)
        #expect(replay.unused == ["exchange 2, POST /emulator/production/orders"])
    }

    // MARK: - c8.http

    private static let canary = "CANARY/7f\"31"

    @Test func requestsToOthersArePlayedWithoutThemAndWithoutSecrets() async throws {
        let source = """
            local s = require('c8.env').secret('erp')
            local function show(r) print(r.status, r.headers['content-type'], r.body) end
            show(http.get(here .. '/a?x=1'))
            show(http.post(here .. '/b', {json = {p = s, n = 1}, headers = {Authorization = {'Bearer ', s}}}))
            show(http.post(here .. '/c', {body = {'p=', s, '&q=1'}, query = {k = s}}))
            show(http.put(here .. '/d', {body = 'text', headers = {['X-Api-Key'] = 'LITERAL-CANARY', Cookie = 'a=COOKIE-CANARY'}}))
            show(http.get(here .. '/e', {headers = {A = s:basic('me')}}))
            print(select(2, pcall(http.get, here .. '/nothing')).kind)
            """
        let recording = TrafficRecording()
        let recorded = try await EchoServer.run(source) { configuration, here, there in
            EchoServer.grantHere(&configuration, here: here, there: there)
            configuration.secrets = ["erp": HostSecret(host: "127.0.0.1:\(here)") { Self.canary }]
            configuration.traffic = .recorded(recording)
        }
        let tape = String(decoding: recording.text, as: UTF8.self)
        for spelling in ["CANARY", "Q0FOQVJZ", "43414e415259"] { #expect(!tape.contains(spelling), "\(tape)") }
        #expect(tape.contains("\"secrets\": {\n    \"erp\": \"127.0.0.1:"))
        #expect(recorded.here.count >= 6)

        // The same script, for which no secret is configured, asks the same hosts, which are gone.
        let replay = try Self.replay(recording)
        let port = try #require(recorded.here.first?.headers.first { $0.name.lowercased() == "host" }?.value)
        let replayed = try await EchoServer.run("here = 'http://\(port)' " + source) { configuration, _, _ in
            configuration.grants.network = .hosts([port])
            configuration.secrets = [:]
            configuration.traffic = .replayed(replay)
        }
        #expect(replayed.here.isEmpty)
        #expect(replay.unused.isEmpty)
        let lines = { (text: String) in
            text.split(separator: "\n").filter { !$0.contains("secret") && !$0.contains("CANARY") }
        }
        #expect(lines(replayed.printed) == lines(recorded.printed))
    }

    @Test func grantsHoldInAReplayToo() async throws {
        let recording = TrafficRecording()
        let source = "local ok, e = pcall(http.get, here .. '/a') io.write(ok and 'answered' or e.kind)"
        let recorded = try await EchoServer.run(source) { configuration, here, there in
            EchoServer.grantHere(&configuration, here: here, there: there)
            configuration.traffic = .recorded(recording)
        }
        #expect(recorded.printed == "answered")
        let replay = try Self.replay(recording)
        let replayed = try await EchoServer.run(source) { configuration, _, _ in
            configuration.traffic = .replayed(replay)
        }
        #expect(replayed.printed == "denied")
        #expect(replay.unused.count == 1)
    }
}
