import C8Flow
import Testing

@testable import C8Run

/// Wrong arguments to everything that the modules offer.
@Suite struct ModuleMistakeTests {
    /// Calls each function with each wrong argument and combinations of them; prints what is no error of ours.
    private static let sweep = """
        local task = require 'c8.task'
        local bad, told = {}, {}
        local values = {
          n = 13, nil, 5, -1, 1e300, 0 / 0, 'x', '', '\\255', {}, {1, 2}, {a = 1}, function() end, true
        }
        local function check(name, fn, ...)
          local arguments = table.pack(...)
          local ok, problem = pcall(task.timeout, .02, function()
            local results = table.pack(fn(table.unpack(arguments, 1, arguments.n)))
            return results.n
          end)
          if ok then return end
          local text, fault = tostring(problem), nil
          if type(problem) ~= 'table' then fault = 'is a ' .. type(problem)
          elseif type(problem.kind) ~= 'string' then fault = 'has no kind'
          elseif problem.kind == 'host' then fault = 'is of kind host'
          elseif text:find('[c8/', 1, true) then fault = 'names the host'
          elseif not text:find('^%(test%):%d+: ') then fault = 'has no place'
          elseif text:find('Optional') or text:find('Lua%u') or text:find('Error%(') or text:find('Swift') then
            fault = 'names a type'
          end
          if fault and not told[name .. fault] then
            told[name .. fault] = true
            print(name, fault, text)
          end
        end
        local function probe(name, fn, self)
          local function call(...)
            if self ~= nil then check(name, fn, self, ...) end
            check(name, fn, ...)
          end
          call()
          for i = 1, values.n do
            call(values[i])
            for j = 1, values.n do
              call(values[i], values[j])
              call(values[i], values[j], values[(i + j) % values.n + 1])
            end
          end
        end
        """

    private func printed(_ source: String) async throws -> String {
        var script = PlatformScript()
        script.tokenInterval = .zero
        let journal = MemoryFlowJournal()
        script.flows = FlowServices { journal }
        return try await script.run(Self.sweep + "\n" + source).printed
    }

    @Test(arguments: HostModuleNames.all)
    func mistakesAreErrorsOfKindInvalidAtTheScriptsLine(module: String) async throws {
        let source = """
            local function walk(name, value)
              for key, item in pairs(value) do
                local path = name .. '.' .. tostring(key)
                if type(item) == 'function' then probe(path, item)
                elseif type(item) == 'table' and item ~= value and #path < 40 then walk(path, item) end
              end
            end
            local module = require '\(module)'
            walk('\(module)', module)
            """
        #expect(try await printed(source) == "")
    }

    @Test(
        arguments: [
            ("t", "local t = task.spawn(function() end)", "{await = t.await, cancel = t.cancel}"),
            (
                "out", "local out = require('c8.csv').write(dir .. '/out.csv', {header = {'a'}})",
                "{row = out.row, write = out.write}"
            ),
            (
                "bar", "local bar = require('c8.progress').bar{total = 5}",
                "{advance = bar.advance, finish = bar.finish}"
            ),
            ("lines", "local lines = fs.lines((fs.write(dir .. '/l', 'x') or dir .. '/l'))", "{close = lines.close}"),
        ] as [(String, String, String)])
    func methodsToo(name: String, make: String, methods: String) async throws {
        let source = "\(make) for key, fn in pairs(\(methods)) do probe('\(name):' .. key, fn, \(name)) end"
        #expect(try await printed(source) == "")
    }

    @Test func methodsOfFlowsToo() async throws {
        let source = """
            pcall(require('c8.flow').run, 'f', function(f)
              for _, key in ipairs{'step', 'sleep'} do
                for i = 1, values.n do
                  check('f:' .. key, f[key], values[i])
                  check('f:' .. key, f[key], f, values[i])
                  for j = 1, values.n do
                    if not (key == 'step' and type(values[i]) == 'string' and type(values[j]) == 'function') then
                      check('f:' .. key, f[key], f, values[i], values[j], values[(i + j) % values.n + 1])
                    end
                  end
                end
              end
              error('x')
            end)
            """
        #expect(try await printed(source) == "")
    }

    @Test(
        arguments: [
            ("task.each(nil, print)", "bad argument #1 to 'each' (function expected, got nil)"),
            ("c8.pages('production.orders.list', {pageNum = 'x'})", "field pageNum: a whole number from 0 expected"),
            (
                "c8.upload{operation = 'x', nope = 1}",
                "bad argument #1 to 'c8.upload' (unknown field 'nope'; there are "
            ),
            ("require('c8.csv').write(dir .. '/x', 5, {})", "a list of rows or an iterator expected, got number"),
        ] as [(String, String)])
    func messagesAreThoseOfLua(source: String, part: String) async throws {
        let printed = try await printed(
            "local task = require 'c8.task' print(pcall(function() local _ = (\(source)) end))")
        #expect(printed.contains(part), "\(printed)")
    }
}
