import C8Check
import C8Platform
import Testing

/// What scripts ask of modules and of the platform.
struct PlatformRuleTests {
    @Test(arguments: [
        ("require 'c8.jsn'", ["1 unknown-module"]),
        ("local j = require 'c8.json'\nprint(j.decod('x'))", ["2 unknown-field"]),
        ("print(c8.json.decod('x'))", ["1 unknown-field"]),
        ("local j = c8.json\nlocal k = j\nprint(k:decode('x'))", ["3 call-style"]),
        ("print(c8.json.decode())", ["1 argument-count"]),
        ("print(c8.json.decode('x', 1))", ["1 argument-count"]),
        ("print(c8.json.encode({}, {prety = true}))", ["1 unknown-option"]),
        ("print(c8.json.encode({}, {pretty = 1}))", ["1 wrong-type"]),
        ("c8.task.sleep('soon')", ["1 wrong-type"]),
        ("c8.flow.run('x', function(f) f.step('a', print) end)", ["1 call-style"]),
        ("c8.flow.run('x', function(f) f:stepp('a', print) end)", ["1 unknown-field"]),
        ("local _ = c8.production.order.create", ["1 unknown-operation"]),
        ("local _ = c8.production.orders.creat", ["1 unknown-operation"]),
        ("local p = c8.production\nlocal o = p.orders\no.crate{}", ["3 unknown-operation"]),
        ("local _ = c8.produktion", ["1 unknown-operation"]),
        ("c8.production.orders{}", ["1 unknown-operation"]),
        ("c8.production.orders:create{}", ["1 call-style"]),
        ("c8.call('production.orders.creat', {})", ["1 unknown-operation"]),
        ("c8.production.orders.create{productCode = 'a', quantity = 1}", ["1 missing-field"]),
        ("c8.production.orders.create()", ["1 missing-field"]),
        ("c8.production.orders.create{orderNo = 'a', productCode = 'a', quantity = '1'}", ["1 wrong-type"]),
        ("c8.production.orders.create{orderNo = 'a', productCode = 'a', quantity = 1.5}", ["1 wrong-type"]),
        (
            "c8.production.orders.create{orderNo = 'a', productCode = 'a', quantity = 1, batchNumber = 'b'}",
            ["1 misspelt-field"]
        ),
        (
            "c8.production.orders.create{orderno = 'a', productCode = 'a', quantity = 1}",
            ["1 misspelt-field"]
        ),
        ("c8.call('production.orders.create', {productCode = 'a', quantity = 1})", ["1 missing-field"]),
        ("pcall(c8.production.orders.create, {productCode = 'a', quantity = 1})", ["1 missing-field"]),
        (
            "c8.production.orders.create({orderNo = 'a', productCode = 'a', quantity = 1}, {timout = 1})",
            ["1 unknown-option"]
        ),
        ("c8.production.offline.upload_codes{orderNo = 'a', codes = {1}}", ["1 wrong-type"]),
        ("c8.production.offline.upload_codes{orderNo = 'a', codes = 'x'}", ["1 wrong-type"]),
        ("for o in c8.pages('production.orders.list', {statu = 'x'}) do print(o) end", ["1 misspelt-field"]),
        (
            "c8.upload{operation = 'production.offline.upload_codes', field = 'code', file = 'x', body = {orderNo = 'a'}}",
            ["1 misspelt-field"]
        ),
        ("c8.upload{operation = 'production.offline.upload_codes', field = 'codes', file = 'x'}", ["1 missing-field"]),
        (
            "c8.upload{operation = 'production.offline.upload_codes', field = 'codes', fil = 'x', body = {orderNo = 'a'}}",
            ["1 unknown-option"]
        ),
        ("c8.upload{field = 'codes', file = 'x'}", ["1 missing-field"]),
        ("c8.task.each({1}, {concurency = 2}, print)", ["1 unknown-option"]),
        ("c8.products.set_enabled_batch(...)", ["1 deprecated-operation"]),
        ("c8.payout.recharge.purchase(...)", ["1 deprecated-operation"]),
    ])
    func faultIsFound(_ text: String, _ expected: [String]) {
        #expect(Checking.found(text) == expected)
    }

    @Test(arguments: [
        "local json = require 'c8.json'\nprint(json.encode({}, {pretty = true, sort_keys = true}))",
        "c8.production.orders.create{orderNo = 'a', productCode = 'a', quantity = 1}",
        "local q = tonumber((...))\nc8.production.orders.create{orderNo = q .. '', productCode = 'a', quantity = q}",
        "c8.production.orders.create({}, {validate = false})", "c8.production.orders.create(...)",
        "local t = {}\nt.orderNo = 'x'\nc8.production.orders.create(t)",
        "local k = 'orderNo'\nc8.production.orders.create{[k] = 'a', productCode = 'a', quantity = 1}",
        "local ok, e = pcall(c8.production.orders.get, {orderNo = 'x'})\nif not ok then print(e.code) end",
        "c8.upload{operation = 'production.offline.upload_codes', field = 'codes', rows = {'a'}, body = {orderNo = 'a'}}",
        "for o in c8.pages('production.orders.list') do print(o) end",
        "local orders = c8.production.orders\nprint(orders.get{orderNo = 'x'})",
        "c8.task.each({1, 2}, function(x) print(x) end)", "c8.task.each({1}, {concurrency = 2}, print)",
        "local r = c8.http.get('https://a.example/')\nprint(r.status, r.json(), r.headers['x'])",
        "local s = c8.env.secret('x')\nprint(s:basic('me'))", "print(c8.crypto.base64('x'), c8.crypto.hex.encode('x'))",
        "require 'lib.codes'", "local s = require 'string'\nprint(s.format('x'))", "print(c8.profile, c8.dry_run)",
        "local _, envelope = c8.production.orders.get{orderNo = 'x'}\nprint(envelope.trace_id)",
        "local w <close> = c8.csv.write('x.csv', {header = {'a'}})\nw:row{'b'}",
        "c8.log.info('x', {a = 1})", "local bar = c8.progress.bar{total = 3}\nbar:advance(1)\nbar:finish()",
        "c8.flow.run('x', function(f) return f:step('a', print, {verify = print, retry = 2}) end, {wait = 0})",
        "local c8 = {anything = print}\nc8.anything()",
    ])
    func soundScriptIsLeftInPeace(_ text: String) {
        #expect(Checking.found(text, modules: ["lib.codes"]) == [])
    }

    @Test(arguments: [
        ("require 'c8.jsn'", "did you mean c8.json"),
        ("local _ = c8.production.order.create", "production.orders.create"),
        ("c8.products.set_enabled_batch{}", "use c8.products.enable_batch_v3"), ("io.open('x')", "c8.fs.read"),
        ("print(json)", "require \"c8.json\""), ("c8.production.orders.create{}", "orderNo"), ("pritn()", "print"),
    ])
    func findingSaysWhatToDo(_ text: String, _ words: String) throws {
        let finding = try #require(Checking.report(text).findings.first { $0.severity > .information })
        #expect("\(finding.message) \(finding.hint ?? "")".contains(words), "\(finding)")
    }

    @Test(arguments: [
        ("c8.fs.read('a/b.txt')", ["--allow-read=a/b.txt"]),
        (
            "local dir = 'in'\nc8.fs.read(dir .. '/x')\nc8.fs.write('out.txt', 'x')",
            ["--allow-read=in/x", "--allow-write=out.txt"]
        ),
        ("c8.fs.read(... .. 'x')", ["--allow-read=…"]), ("c8.fs.read('in/' .. ...)", ["--allow-read=in"]),
        ("c8.fs.read((...) or 'inbox')", ["--allow-read=inbox"]), ("c8.fs.glob('in/**/*.csv')", ["--allow-read=in"]),
        ("c8.http.get('https://Erp.example.com:8443/x')", ["--allow-net=erp.example.com:8443"]),
        ("c8.http.get('https://erp.example.com/' .. ...)", ["--allow-net=erp.example.com"]),
        ("c8.fs.read(('in/%s.txt'):format(...))", ["--allow-read=in"]),
        ("c8.http.get('https://' .. ...)", ["--allow-net=…"]),
        ("print(os.getenv('HOME'), c8.env.get('USER'))", ["--allow-env=HOME,USER"]),
        ("print(c8.token.reveal())", ["--allow-token"]), ("print(1)", []),
        ("c8.fs.read('a b')", ["--allow-read='a b'"]),
        ("c8.production.orders.get({orderNo = 'x'}, {save_to = 'f.pdf'})", ["--allow-write=f.pdf"]),
        ("c8.http.request{url = 'http://a.example', method = 'PUT'}", ["--allow-net=a.example"]),
        ("local rows = c8.csv.rows\nfor r in rows('x.csv') do print(r) end", ["--allow-read=x.csv"]),
    ])
    func grantIsFoundByWhatIsWritten(_ text: String, _ flags: [String]) {
        #expect(Checking.report(text).grants.flags == flags)
    }

    @Test func withoutBindingsUnboundIsSaidOnceAndFailsNothing() {
        let text = "c8.production.orders.create{}\nc8.production.orders.get{}\nc8.dealers.sync{}"
        let findings = Checking.report(text, hasBindings: false).findings
        #expect(findings.map(\.rule) == [.unboundOperation])
        #expect(findings.first?.severity == .information)
        #expect(findings.first?.message.contains("3 operations") == true)
        #expect(Checking.report(text, hasBindings: false, isStrict: true).findings.first?.severity == .warning)
    }
}
