import C8Flow
import Testing

@testable import C8Run

/// Modules that are loaded late do not depend on what the script has made of its globals.
@Suite struct PristineGlobalsTests {
    private static let lead = """
        local require, print, pairs, next, select, table, stdin = require, print, pairs, next, select, table, io
        do
          local libraries = {string, table, math, utf8, os, coroutine}
          for i = 1, 6 do
            local library = libraries[i]
            for name in next, library do library[name] = nil end
          end
          for name in next, _G do if name ~= '_G' then _G[name] = nil end end
        end
        """

    private func printed(_ source: String) async throws -> String {
        var script = PlatformScript()
        script.tokenInterval = .zero
        let journal = MemoryFlowJournal()
        script.flows = FlowServices { journal }
        return try await script.run(Self.lead + "\n" + source).printed
    }

    @Test(arguments: HostModuleNames.all)
    func everyModuleLoads(module: String) async throws {
        #expect(try await printed("local m = require '\(module)' print(m ~= nil)") == "true\n")
    }

    @Test func theyWorkToo() async throws {
        let source = """
            local c8, task, flow, csv = require 'c8', require 'c8.task', require 'c8.flow', require 'c8.csv'
            local code = '0123456789ABCDEF0123456789ABCDE'
            c8.production.orders.create{orderNo = 'PO', productCode = 'S', quantity = 9}
            local sums = c8.upload{
              operation = 'production.offline.upload_codes', field = 'codes', body = {orderNo = 'PO'}, id = 'u',
              rows = {code .. '1', code .. '2', 'bad'}, pattern = '[0-9A-F]+',
            }
            print(sums.accepted, sums.rejected)
            local count = 0
            for _ in c8.pages('production.orders.list', {}) do count = count + 1 end
            print(count > 0)
            print(task.all{function() task.sleep(0) return 'a' end, function() return 'b' end}[1])
            print(task.each({1, 2, 3}, function() end))
            print(flow.run('f', function(f) return f:step('s', function() return 7 end, {retry = {times = 1}}) end))
            csv.write(dir .. '/a.csv', {{'x', 1}, {'y', 2}}, {header = {'n', 'v'}})
            for row, line in csv.rows(dir .. '/a.csv') do print(row.n, row.v, line) end
            for line in fs.lines(dir .. '/a.csv') do print(line) break end
            local bar = require('c8.progress').bar{total = 1} bar:advance() bar:finish()
            print(require('c8.crypto').base64('x'))
            stdin.write('done', 1, '')
            """
        #expect(
            try await printed(source)
                == "2\t1\ntrue\na\n3\n7\nx\t1\t2\ny\t2\t3\nn,v\neA==\ndone1")
    }
}
