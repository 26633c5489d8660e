import C8RunTesting
import Testing

/// `expect` and its matchers: what passes, and what is said of what does not.
struct ExpectationTests {
    static let passing = [
        "expect(3).to_be(3)", "expect(3):to_be(3)", "expect(3.0).to_be(3)", "expect(nil).to_be_nil()",
        "expect(1).be(1)",
        "expect('x').never.to_be('y')", "expect(1).not_to.be_nil()", "expect(1).never.never.to_be(1)",
        "expect({1, {a = 2}}).to_equal({1, {a = 2}})", "expect({}).never.to_be({})", "expect(0/0).to_equal(0/0)",
        "expect({a = require('c8.json').null}).to_equal({a = require('c8.json').null})",
        "expect(require('c8.json').null).to_be_null()", "expect(require('c8.json').null).never.to_be_nil()",
        "expect(require('c8.json').decode('{\"a\": [1, {}]}')).to_equal({a = {1, {}}})",
        "expect(9007199254740993).to_equal(9007199254740993)",
        "expect(9007199254740993).never.to_equal(9007199254740992)",
        "expect(1).never.to_equal(1.0)", "expect(false).to_be_falsy()", "expect(0).to_be_truthy()",
        "expect('中文字').to_contain('文')", "expect({{a = 1}, {a = 2}}).to_contain({a = 2})",
        "expect('order 12').to_match('^order %d+$')", "expect({a = 1, b = {c = 2, d = 3}}).to_match({b = {c = 2}})",
        "expect(0.1 + 0.2).to_be_close(0.3)", "expect(10).to_be_close(12, 2)", "expect({1, 2}).to_have_length(2)",
        "expect('abc').to_have_length(3)", "expect(1).to_be_a('integer')", "expect(1).to_be_a('number')",
        "expect(function() error('boom') end).to_raise()", "expect(function() error('boom') end).to_raise('boom')",
        "expect(function() error({kind = 'api', code = 7}) end).to_raise({kind = 'api', code = 7})",
        "local e = expect(function() error({code = 7}) end).to_raise({}); expect(e.code).to_be(7)",
        "expect(function() c8.orders.nothing() end).to_raise({message = 'unknown operation'})",
        "expect(function() end).never.to_raise()",
        "local a, b = {}, {}; a.self, b.self = a, b; expect(a).to_equal(b)",
        "local s = test.spy(); s(1, nil); expect(s).to_have_been_called(1); expect(s).to_have_been_called_with(1, nil)",
        "local s = test.spy(function(x) return x * 2 end); expect(s(4)).to_be(8)",
        "local t = {f = 1}; test.stub(t, 'f', 7, 8); local a, b = t.f(); expect(a + b).to_be(15)",
    ]

    @Test(arguments: passing) func holds(_ code: String) async throws {
        let trial = try await Trial.run("it('x', function() \(code) end)")
        #expect(trial.lines == ["passed x"], "\(code)")
    }

    static let failing: [(code: String, message: String)] = [
        ("expect(2).to_be(3)", "expected 2 to be 3"), ("expect(3).never.to_be(3)", "expected 3 not to be 3"),
        ("expect('2', 'the count').to_be(2)", "the count: expected \"2\" to be 2"),
        (
            "expect({}).to_be({})",
            "expected {} to be {} (another table with the same content: to_equal compares contents)"
        ),
        ("expect(1).to_equal(1.0)", "expected 1.0 (float), got 1 (integer)"),
        ("expect('a').to_equal('b')", "expected \"b\", got \"a\""),
        (
            "expect({lines = {{sku = 'A'}, {sku = 'B', n = 1}}}).to_equal({lines = {{sku = 'A'}, {sku = 'A'}}})",
            "the values differ:\n  .lines[2].sku: expected \"A\", got \"B\"\n  .lines[2].n: expected nil, got 1"
        ),
        (
            "expect({['a b'] = '中'}).to_equal({['a b'] = '文'})",
            "the values differ:\n  [\"a b\"]: expected \"文\", got \"中\""
        ),
        ("expect(nil).to_equal(require('c8.json').null)", "expected null, got nil"),
        ("expect({1, 2}).to_contain(3)", "expected {1, 2} to contain 3"),
        ("expect('ab').to_match('^b')", "expected \"ab\" to match the pattern \"^b\""),
        ("expect({a = 1}).to_match({a = 2})", "the values differ:\n  .a: expected 2, got 1"),
        ("expect({1}).to_have_length(2)", "expected {1} to have length 2, it has 1"),
        ("expect(1).to_be_a('string')", "expected 1 to be of type string"),
        ("expect(function() end).to_raise()", "expected an error, but none was raised"),
        (
            "expect(function() error({kind = 'api'}) end).to_raise({kind = 'http'})",
            "the error's kind: expected \"http\", got \"api\"\n  the error: \"table"
        ),
        ("expect(test.spy()).to_have_been_called()", "expected a call, but there was none"),
        (
            "local s = test.spy(); s(1); expect(s).to_have_been_called_with(2)",
            "no call has these arguments; the last one differs:\n  [1]: expected 2, got 1"
        ),
        ("expect(1).to_bee(1)", "there is no matcher \"to_bee\"; there are to_be, "),
        ("expect('\\0\\n\"').to_be('x')", "expected \"\\x00\\n\\\"\" to be \"x\""),
    ]

    @Test(arguments: failing.indices) func saysWhatIsWrong(_ index: Int) async throws {
        let (code, message) = Self.failing[index]
        let trial = try await Trial.run("it('x', function() \(code) end)")
        #expect(trial.message?.hasPrefix(message) == true, "\(code): \(trial.message ?? "passed")")
    }

    @Test func failureHasTheTestsLineAndItsSource() async throws {
        let trial = try await Trial.run(
            """
            local function check(v)
              expect(v).to_be(1)
            end
            it("fails", function()
              check(2)
            end)
            """)
        let failure = try #require(trial.result.tests.first?.failure)
        #expect(failure.place?.hasSuffix("/a_test.lua:2") == true)
        #expect(failure.sourceLine == "expect(v).to_be(1)")
        #expect(failure.traceback.count == 2, "\(failure.traceback)")
        #expect(failure.traceback.last?.contains("a_test.lua:5") == true)
        #expect(trial.result.tests.first?.line == 4)
    }

    @Test func longDifferencesAreCutShort() async throws {
        let trial = try await Trial.run(
            "it('x', function() local t = {}; for i = 1, 50 do t[i] = i end expect(t).to_equal({}) end)")
        let lines = trial.message?.split(separator: "\n") ?? []
        #expect(lines.count == 12)
        #expect(lines.last == "  … and more")
    }
}
