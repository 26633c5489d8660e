import C8Emulator
import C8Flow
import C8Platform
import Foundation
import Testing

@testable import C8Run

@Suite struct UploadModuleTests {
    /// Runs that follow each other on one journal and one emulator.
    private struct World: Sendable {
        let journal = MemoryFlowJournal()
        let emulator: Emulator
        /// Bindings over the emulator's.
        var bindings: String?

        init(faults: [String] = []) async throws {
            emulator = try await Emulator.start(
                EmulatorConfiguration(tokenInterval: 0, faults: faults.map { try Fault(parsing: $0) }))
        }

        /// Runs a script that finds a file of codes in `file`, and an order in `order`.
        func run(_ source: String) async throws -> PlatformScript.Outcome {
            var script = PlatformScript()
            script.emulator = emulator
            script.tokenInterval = .zero
            script.bindings = bindings
            let journal = journal
            script.flows = FlowServices { journal }
            return try await script.run(UploadModuleTests.lead + source)
        }

        func failure(_ source: String) async -> ScriptError? {
            do {
                Issue.record("nothing was raised, but printed: \(try await run(source).printed)")
                return nil
            } catch {
                return error as? ScriptError
            }
        }

        var uploads: Int { emulator.requestLog.calls["production.offline.upload_codes"] ?? 0 }
    }

    private static let lead = """
        local file, order = dir .. '/codes.csv', 'PO-1'
        local function code(i) return ('%032d'):format(i) end
        local function codes(n, line) local t = {'code,nr'} for i = 1, n do t[#t + 1] = (line or code)(i) .. ',' .. i end
          fs.write(file, table.concat(t, '\\n') .. '\\n') end
        local function held() return c8.production.orders.get{orderNo = order}.uploaded end
        local function upload(more) local t = {operation = 'production.offline.upload_codes', file = file, column = 'code',
          field = 'codes', body = {orderNo = order}, batch = 100}
          for k, v in pairs(more or {}) do t[k] = v end
          if t.rows then t.file, t.column = nil, nil end
          local s = c8.upload(t)
          return ('%d %d %d %d %d'):format(s.sent, s.accepted, s.rejected, s.duplicate, s.batches) end
        pcall(c8.production.orders.create, {orderNo = order, productCode = 'S', quantity = 1e6 // 1})

        """

    /// The same operation, as one that must not be repeated.
    private static let writing = """
        {"version": 1, "operations": {"production.offline.upload_codes": {"method": "POST",
          "path": "/emulator/production/orders/{orderNo}/codes", "effect": "write",
          "request": {"orderNo": {"type": "string", "required": true},
                      "codes": {"type": "array", "required": true, "items": {"type": "string"}}}}}}
        """

    @Test(
        arguments: [
            ("codes(250) print(upload(), held())", "250 250 0 0 3\t250\n"),
            ("codes(250) print(upload{concurrency = 1, batch = 1000}, held())", "250 250 0 0 1\t250\n"),
            ("codes(0) print(upload(), held())", "0 0 0 0 0\t0\n"),
            (
                "codes(10, function(i) return code(i % 5) end) print(upload(), held())", "5 5 0 5 1\t5\n"
            ),
            (
                "codes(10, function(i) return i == 3 and 'bad' or code(i) end) print(upload{pattern = '%d+'}, held())",
                "9 9 1 0 1\t9\n"
            ),
            (
                "codes(10) print(upload{pattern = function(v) return tonumber(v) % 2 == 0 end}, held())",
                "5 5 5 0 1\t5\n"
            ),
            ("print(upload{rows = {code(1), code(2), code(1)}}, held())", "2 2 0 1 1\t2\n"),
            (
                "local i = 0 print(upload{rows = function() i = i + 1 if i <= 250 then return code(i) end end}, held())",
                "250 250 0 0 3\t250\n"
            ),
            (
                "fs.write(file, code(1) .. '\\n' .. code(2) .. '\\n') print(upload{column = 1}, held())",
                "2 2 0 0 1\t2\n"
            ),
        ] as [(String, String)])
    func rowsAreUploaded(source: String, printed: String) async throws {
        let world = try await World()
        #expect(try await world.run(source).printed == printed)
    }

    @Test func rowsMayBeTablesWithAColumn() async throws {
        let world = try await World()
        let source = """
            local csv = require 'c8.csv'
            local s = c8.upload{operation = 'production.offline.upload_codes', rows = csv.parse('n,c\\n1,' .. code(1)),
              column = 'c', field = 'codes', body = {orderNo = order}}
            print(s.accepted, held())
            """
        #expect(try await world.run(source).printed == "1\t1\n")
    }

    @Test func whatIsNotAcceptedIsReportedWithItsLine() async throws {
        let world = try await World()
        let source = """
            codes(300, function(i) return i == 7 and 'x7' or i == 150 and code(1) or i == 299 and 'x299' or code(i) end)
            print(upload{on_reject = dir .. '/report.csv'})
            io.write(fs.read(dir .. '/report.csv'))
            local lines = {}
            upload{on_reject = function(row) lines[#lines + 1] = row.line .. row.value end}
            print(#lines)
            """
        let printed = try await world.run(source).printed
        let lines = printed.split(separator: "\n").map(String.init)
        #expect(lines[0] == "299 297 2 1 3")
        #expect(lines.contains("8,x7,,数码必须是32位字母或数字"))
        #expect(lines.contains("300,x299,,数码必须是32位字母或数字"))
        #expect(lines.contains("151,\(String(repeating: "0", count: 31))1,,the same as line 2"))
        #expect(lines.last == "3")
    }

    /// Each fault of an operation that may be repeated: everything arrives, once.
    @Test(arguments: [
        "cut-before", "cut-after", "cut-request", "cut-answer", "status:503,retry-after=0", "status-after:502",
        "envelope:empty", "token:invalid",
    ])
    func faultsAreGotOver(fault: String) async throws {
        let world = try await World(faults: ["\(fault),on=production.offline.upload_codes,times=2"])
        #expect(try await world.run("codes(500) local s = upload() print(held())").printed == "500\n")
    }

    /// A batch whose answer was lost is asked about where it must not be repeated.
    @Test(
        arguments: [
            // A no is asked for twice: the platform might still have been busy.
            ("cut-before", 501, 2), ("cut-after", 500, 1), ("cut-answer", 500, 1), ("status-after:502", 500, 1),
        ] as [(String, Int, Int)])
    func lostAnswersOfWritesAreVerified(fault: String, calls: Int, asked: Int) async throws {
        var world = try await World(faults: ["\(fault),on=production.offline.upload_codes,times=1"])
        world.bindings = Self.writing
        let source = """
            codes(500)
            local asked = 0
            print(upload{batch = 1, concurrency = 4, verify = function(values, known)
              asked = asked + 1
              local found = false
              for item in c8.pages('production.orders.list_codes', {orderNo = order}) do
                found = found or item.code == values[1]
              end
              return found or nil
            end})
            print(asked, held())
            """
        #expect(try await world.run(source).printed == "500 500 0 0 500\n\(asked)\t500\n")
        #expect(world.uploads == calls)
    }

    @Test func lostAnswersOfWritesAreNeverRepeatedByGuess() async throws {
        var world = try await World(faults: ["cut-after,on=production.offline.upload_codes,times=1,skip=2"])
        world.bindings = Self.writing
        let error = await world.failure("codes(500) upload()")
        #expect(error?.outcome == "unknown")
        #expect(error?.message.contains("may have been accepted") == true)
    }

    /// What an operator says of a batch whose answer was lost decides about that batch alone; the others are sent once.
    @Test(
        arguments: [
            ("cut-before", false, 1000), ("cut-after", true, 1000), ("cut-before", true, 900),
            ("cut-after", false, 1000),
        ] as [(String, Bool, Int)])
    func anUploadWithAnIDIsGoneOnWith(fault: String, happened: Bool, held: Int) async throws {
        var world = try await World(faults: ["\(fault),on=production.offline.upload_codes,times=1,skip=2"])
        world.bindings = Self.writing
        let source = """
            local i = 0
            local function rows() i = i + 1 if i <= 1000 then return code(i) end end
            print(upload{id = 'u', concurrency = 4, rows = rows, body = {orderNo = other or order}}, held())
            """
        let error = await world.failure(source)
        #expect(error?.kind == .unresolved)
        let open = try await world.journal.show(try FlowID("upload u"))?.steps.filter(\.isOpen) ?? []
        let key = try #require(open.first?.key)
        #expect(open.count == 1)
        #expect(key.text.wholeMatch(of: /upload\/batch \d+ \(lines \d+ to \d+\)/) != nil)
        let command = "c8run flow resolve 'upload u' '\(key)' --done null"
        #expect(error?.message.contains(command) == true, "\(error?.message ?? "-")")
        // Everything but the batch in doubt is done already.
        #expect(world.uploads == 10)
        #expect(await world.failure(source)?.kind == .unresolved)
        #expect(world.uploads == 10)
        try await world.journal.resolve(
            try FlowID("upload u"), key, as: happened ? .done("null") : .retry, by: "me", at: 1)
        let duplicates = fault == "cut-after" && !happened ? 100 : 0
        let end = "1000 \(1000 - duplicates) 0 \(duplicates) 10\t\(held)\n"
        #expect(try await world.run(source).printed == end)
        #expect(world.uploads == (happened ? 10 : 11))
        #expect(try await world.run(source).printed == end)
        // Under the same id, nothing else is uploaded.
        let change = await world.failure("local other = 'PO-2' " + source)
        #expect(change?.kind == .invalid)
    }

    @Test func aVerifyThatComesLaterSettlesWhatIsInDoubt() async throws {
        var world = try await World(faults: ["cut-after,on=production.offline.upload_codes,times=1,skip=2"])
        world.bindings = Self.writing
        let source = """
            local i = 0
            local function rows() i = i + 1 if i <= 1000 then return code(i) end end
            print(upload{id = 'u', concurrency = 1, rows = rows, verify = sure and function() return true end}, held())
            """
        #expect(await world.failure(source)?.kind == .unresolved)
        #expect(try await world.run("sure = true " + source).printed == "1000 1000 0 0 10\t1000\n")
        #expect(world.uploads == 10)
    }

    @Test func aVerifyThatFailsLeavesTheBatchToTheOperator() async throws {
        var world = try await World(faults: ["cut-after,on=production.offline.upload_codes,times=1,skip=2"])
        world.bindings = Self.writing
        let source = """
            local i = 0
            local function rows() i = i + 1 if i <= 1000 then return code(i) end end
            print(upload{id = 'u', concurrency = 2, rows = rows, verify = function() error('cannot ask') end})
            """
        let error = await world.failure(source)
        #expect(error?.kind == .unresolved)
        #expect(error?.message.contains("its verify, which was asked, failed: ") == true, "\(error?.message ?? "-")")
        #expect(error?.message.contains("cannot ask") == true)
        // The others are done.
        #expect(world.uploads == 10)
    }

    @Test func anUploadInAFlowIsAStepOfItByItself() async throws {
        let world = try await World()
        let source = """
            print(require('c8.flow').run('f', function(f)
              local rows = {code(1), code(2)}
              local first = upload{rows = rows}
              upload{rows = rows}
              if not go then error('stop', 0) end
              return first
            end), held())
            """
        #expect(await world.failure(source)?.message == "stop")
        let sent = world.uploads
        let steps = try await world.journal.show(try FlowID("f"))?.steps.map(\.key.text)
        #expect(steps == ["upload production.offline.upload_codes", "upload production.offline.upload_codes#2"])
        _ = try await world.run("go = true " + source)
        #expect(world.uploads == sent)
    }

    /// Whatever of the script fails meanwhile, the upload ends with that error.
    @Test(
        arguments: [
            "codes(3000, function(i) return code(i % 50) end) upload{batch = 10, on_reject = function() error('own', 0) end}",
            "codes(3000, function(i) return code(i % 50) end) upload{batch = 10, on_reject = function() error('own', 0) end, "
                + "concurrency = 1}",
            "local i = 0 upload{batch = 10, rows = function() i = i + 1 if i == 500 then error('own', 0) end return code(i) end}",
        ])
    func anErrorOfTheScriptEndsTheUpload(source: String) async throws {
        let world = try await World()
        #expect(await world.failure(source)?.message == "own")
    }

    @Test func twoUploadsOfOneStepNeedNames() async throws {
        let world = try await World()
        let step =
            "require('c8.flow').run('f', function(f) f:step('both', function() codes(10) upload{id = a} upload{id = b} end) end)"
        let error = await world.failure(step)
        #expect(error?.message.contains("the step has an upload already: give each an id of its own") == true)
        let other = try await World()
        let printed = try await other.run("a, b = 'a', 'b' " + step + " print(held())").printed
        #expect(printed == "10\n")
    }

    @Test func anOrderThatDoesNotExistEndsItSoon() async throws {
        let world = try await World()
        let error = await world.failure("codes(100000) upload{body = {orderNo = 'none'}, batch = 1000}")
        #expect(error?.kind == .api)
        #expect(error?.code == 99_001_001)
        #expect(world.uploads < 40)
    }

    @Test(
        arguments: [
            ("c8.upload()", "table expected, got nil"),
            ("c8.upload{operation = 'x.y'}", "give one of file and rows"),
            ("upload{colum = 'x'}", "unknown field 'colum'"),
            ("upload{batch = 0}", "field batch: a whole number from 1 to 100000 expected"),
            ("upload{concurrency = 1000}", "field concurrency: a whole number from 1 to 256 expected"),
            ("upload{operation = 'production.nothing'}", "production.nothing"),
            ("upload{body = {codes = {}}}", "without codes"),
            ("codes(1) upload{column = 'cod'}", "did you mean code?"),
            ("upload{file = '/etc/passwd'}", "may not read /etc/passwd"),
            ("upload{pattern = '('}", "unfinished capture"),
            ("upload{on_reject = true}", "field on_reject: the path of a file or a function expected"),
            ("upload{file = file, header = 'yes'}", "field header: true or false expected"),
            ("codes(1) upload{on_reject = '/etc/x'}", "may not"),
            ("codes(1) upload{rows = 5}", "field rows: a list or an iterator expected"),
            ("codes(5) upload{pattern = function() error('own') end}", "own"),
            ("codes(5) upload{field = 'kodes'}", "kodes"),
        ] as [(String, String)])
    func mistakesAreNamed(source: String, part: String) async throws {
        let world = try await World()
        let error = await world.failure(source)
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "-")")
    }

    @Test func aTaskThatUploadsMayBeCancelled() async throws {
        let world = try await World(faults: ["delay:0.05,on=production.offline.upload_codes"])
        let source = """
            local task = require 'c8.task'
            codes(5000)
            local t = task.spawn(upload, {batch = 10, concurrency = 2})
            task.sleep(.1)
            t:cancel()
            local ok, e = pcall(t.await, t)
            print(ok, e.kind, held() < 5000)
            """
        #expect(try await world.run(source).printed == "false\tcancelled\ttrue\n")
    }
}
