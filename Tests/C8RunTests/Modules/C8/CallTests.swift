import C8Platform
import C8Run
import Testing

@Suite(.timeLimit(.minutes(2))) struct CallTests {
    private static let create = "c8.production.orders.create"

    @Test(arguments: [
        ("{orderNo = 'A', productCode = 'S'}", "$.quantity: required, but missing (数量"),
        ("{orderNo = 'A', productCode = 'S', quantity = '5'}", "$.quantity: expected an integer, got the string \"5\""),
        (
            "{orderNo = 'A', productCode = 'S', quantity = 5, batchno = 'x'}",
            "$.batchno: unknown field (did you mean batchNo?)"
        ),
    ])
    func whatCannotBeRightIsNotSent(body: String, message: String) async throws {
        let outcome = try await PlatformScript().run(
            "local _, e = pcall(\(Self.create), \(body)) io.write(e.kind, ' ', e.outcome, ' ', e.operation, ' ', e.message)"
        )
        #expect(
            outcome.printed.hasPrefix("invalid not_sent production.orders.create production.orders.create: \(message)"))
        #expect(outcome.calls["production.orders.create"] == nil)
    }

    @Test func whoeverKnowsBetterSendsItAsItIs() async throws {
        let outcome = try await PlatformScript().run(
            "local _, e = pcall(\(Self.create), {orderNo = 'A'}, {validate = false}) io.write(e.kind, ' ', e.code)")
        #expect(outcome.printed == "api 99000422")
    }

    /// Where Lua cannot yield the thread goes on serving the other calls; in a finaliser it serves none, and the call must not
    /// need it.
    @Test func callsComeToTheirEndWhereLuaCannotYield() async throws {
        let outcome = try await PlatformScript().run(
            """
            local task = require "c8.task"
            local others, sorted, finalised = 0, 0, nil
            local other = task.spawn(function()
              for _ = 1, 20 do c8.production.orders.list{} others = others + 1 end
            end)
            table.sort({3, 1, 2}, function(a, b) c8.production.orders.list{} sorted = sorted + 1 return a < b end)
            setmetatable({}, {__gc = function() finalised = pcall(c8.production.orders.list, {}) end})
            collectgarbage()
            other:await()
            io.write(others, ' ', tostring(sorted > 0), ' ', tostring(finalised))
            """)
        #expect(outcome.printed == "20 true true")
    }

    @Test func anIntegralFloatIsTheInteger() async throws {
        let outcome = try await PlatformScript().run(
            "io.write(tostring(\(Self.create){orderNo = 'A', productCode = 'S', quantity = 1000 / 2}.quantity))")
        #expect(outcome.printed == "500")
    }

    @Test(arguments: [
        ("c8.products.get({productCode = 'X'}, {tiemout = 1})", "unknown option 'tiemout' (did you mean timeout?)"),
        ("c8.products.get({productCode = 'X'}, {validate = 1})", "option validate must be true or false"),
        ("c8.products.get({productCode = 'X'}, {save_to = 1})", "option save_to must be the path of a file"),
        ("c8.products.get({productCode = c8.file('/etc/passwd')})", "may not send /etc/passwd"),
        ("c8.production.files.upload{orderNo = 'P', file = c8.file(dir .. '/none')}", "cannot send"),
        ("c8.production.files.upload{orderNo = 'P', file = 'text'}", "expected a file: c8.file(path)"),
        ("c8.production.files.upload{orderNo = 'P', file = {x = c8.file('a')}}", "body.file.x is a userdata"),
        ("c8.file('x', {nmae = 'y'})", "its options are: name, type"), ("c8.file('x', {type = 'a b'})", "media type"),
        ("c8.codes.orders.get_printer_package({orderNo = 'C'}, {save_to = '/etc/x'})", "may not save to /etc/x"),
        ("c8.products.list_v3({}, {save_to = dir .. '/x'})", "answered with an envelope instead of a file"),
    ])
    func mistakesAreNamed(call: String, message: String) async throws {
        let outcome = try await PlatformScript().run(
            "local _, e = pcall(function() \(call) end) io.write(tostring(e), ' ', tostring(fs.exists(dir .. '/x')))")
        #expect(outcome.printed.contains(message), "\(outcome.printed)")
        #expect(outcome.printed.hasSuffix(" false"))
    }

    @Test func aFileIsSentAsAForm() async throws {
        let outcome = try await PlatformScript().run(
            """
            local lines = {}
            for i = 1, 5000 do lines[i] = ('%032d'):format(i) end
            fs.write(dir .. '/码.txt', table.concat(lines, '\\n'))
            \(Self.create){orderNo = 'P', productCode = 'S', quantity = 6000}
            local up = c8.production.files.upload{orderNo = 'P', file = c8.file(dir .. '/码.txt', {name = 'x.txt'})}
            io.write(up.accepted, ' ', up.uploaded)
            """)
        #expect(outcome.printed == "5000 5000")
    }

    @Test func aDownloadIsSavedWholeOrGivenAsAString() async throws {
        let outcome = try await PlatformScript().run(
            """
            c8.codes.orders.create{orderNo = 'C', quantity = 2000}
            local path, file = c8.codes.orders.get_printer_package({orderNo = 'C'}, {save_to = dir .. '/codes.txt'})
            local text, same = c8.codes.orders.get_printer_package{orderNo = 'C'}
            io.write(tostring(path == dir .. '/codes.txt'), ' ', file.name, ' ', same.type, ' ', #text, ' ')
            io.write(tostring(fs.read(path) == text), ' ', #fs.list(dir))
            """)
        #expect(outcome.printed == "true C.txt text/plain 66000 true 1")
    }

    @Test func aRefusedDownloadLeavesNoFile() async throws {
        let outcome = try await PlatformScript().run(
            """
            fs.write(dir .. '/old', 'kept')
            local _, e = pcall(c8.codes.orders.get_printer_package, {orderNo = 'none'}, {save_to = dir .. '/old'})
            io.write(e.kind, ' ', e.code, ' ', fs.read(dir .. '/old'), ' ', #fs.list(dir))
            """)
        #expect(outcome.printed == "api 99003001 kept 1")
    }

    @Test func aWriteWhoseAnswerCannotBeKeptMayHaveBeenDone() async throws {
        let outcome = try await PlatformScript().run(
            """
            local product = {productCode = 'S', productName = 'n'}
            local _, e = pcall(c8.products.save, product, {save_to = dir .. '/x'})
            io.write(e.kind, ' ', e.outcome, ' ', #fs.list(dir), ' ', c8.products.get{productCode = 'S'}.productName)
            """)
        #expect(outcome.printed == "http unknown 0 n")
    }

    @Test func aRetiredOperationIsWarnedOfOnce() async throws {
        let outcome = try await PlatformScript().run(
            """
            c8.products.save{productCode = 'S', productName = 'n'}
            for _ = 1, 3 do c8.products.set_enabled_batch{productCodes = {'S'}, enabled = false} end
            pcall(c8.payout.recharge.get, {orderNo = 'x'})
            """)
        let warnings = outcome.logged.filter { $0.hasPrefix("warning") }
        #expect(
            warnings == [
                "warning products.set_enabled_batch is deprecated (废弃); use products.enable_batch_v3 or products.disable_batch_v3 instead",
                "warning payout.recharge.get is void (作废): the platform has withdrawn it; no page's title names a replacement",
            ])
    }

    @Test(arguments: [true, false]) func theTokenIsShownOnlyWhereThatIsGranted(isAllowed: Bool) async throws {
        let outcome = try await PlatformScript(allowsToken: isAllowed).run(
            "local t = c8.auth.get_token() io.write(math.type(t.ttl), ' ', type(t.accessToken))")
        #expect(outcome.printed == (isAllowed ? "float string" : "float nil"))
    }

    @Test func aDryRunSendsNoFileAndChecksAllTheSame() async throws {
        let outcome = try await PlatformScript(isDryRun: true).run(
            """
            fs.write(dir .. '/f', 'x')
            print(c8.production.files.upload{orderNo = 'P', file = c8.file(dir .. '/f')})
            print(select(2, pcall(c8.production.files.upload, {file = c8.file(dir .. '/f')})).kind)
            """)
        #expect(outcome.printed.hasSuffix("invalid\n"))
        #expect(outcome.calls.isEmpty)
    }

    @Test func aDryRunIsAnsweredWithAPlaceholder() async throws {
        let own = #"""
            {"version": 1, "operations": {"products.save": {"method": "POST", "path": "/p", "response": {
              "id": {"type": "integer"}, "name": {"type": "string"}, "lines": {"type": "array"},
              "owner": {"type": "object", "fields": {"open": {"type": "boolean"}}}}}}}
            """#
        let outcome = try await PlatformScript(bindings: own, isDryRun: true).run(
            """
            local p, envelope = c8.products.save{productCode = 'X'}
            print(p.dry_run, p.id, p.name, #p.lines, p.owner.open, envelope.dry_run)
            local raw, around = c8.request{method = 'POST', path = '/x', body = {a = 1}}
            print(raw.dry_run, around.dry_run)
            """)
        #expect(outcome.printed == "true\t0\tdry-run\t0\tfalse\ttrue\ntrue\ttrue\n")
        #expect(outcome.logged.contains("notice dry run: not sent"))
        #expect(outcome.calls.isEmpty)
    }

    @Test func aCodeIsExplainedByItsPageOrByAListOfCodes() async throws {
        let own = #"""
            {"version": 1, "operations": {"products.get": {"method": "GET", "path": "/emulator/products/get/{productCode}",
              "errors": {"99003001": "商品编号写错了"}}},
             "references": {"reference.trace_error_codes": {"columns": ["错误码", "错误信息"],
              "rows": [["99001001", "见溯源平台说明"]]}}}
            """#
        let outcome = try await PlatformScript(bindings: own).run(
            """
            print(select(2, pcall(c8.products.get, {productCode = 'X'})).message)
            print(select(2, pcall(c8.production.orders.get, {orderNo = 'X'})).message)
            """)
        #expect(outcome.printed.contains("记录不存在:X (商品编号写错了) [code 99003001"))
        #expect(outcome.printed.contains("生产订单不存在:X (生产订单不存在) [code") == false)
    }
}
