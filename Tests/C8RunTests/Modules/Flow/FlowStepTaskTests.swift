import Testing

/// Which task a step's function runs in, and those that it spawns.
@Suite struct FlowStepTaskTests {
    private typealias World = FlowWorld

    @Test(
        "A step ends with all tasks that its function has left, and with no others",
        arguments: [
            (
                "print(f:step('a', function() task.spawn(function() task.sleep(.01) print('late') end) return 1 end))",
                "late\n1\n"
            ),
            (
                "print(pcall(f.step, f, 'a', function() task.spawn(function() error('lost', 0) end) return 1 end))",
                "false\tlost\n"
            ),
            (
                "print(pcall(f.step, f, 'a', function() task.spawn(error, 'own', 0) task.sleep(0) return 1 end))",
                "false\town\n"
            ),
            (
                """
                print(pcall(f.step, f, 'a', function()
                  task.spawn(function() local _, e = pcall(task.sleep, 60) print(e.kind) error('late', 0) end)
                  task.sleep(0)
                  error('first', 0)
                end))
                """, "cancelled\nfalse\tfirst\n"
            ),
            (
                """
                local t = task.spawn(function() task.sleep(.05) return 'the flow\\'s' end)
                print(f:step('a', function() task.sleep(0) return 1 end))
                print(t:await())
                """, "1\nthe flow's\n"
            ),
            (
                """
                pcall(f.step, f, 'a', function() error('x') end)
                print(f:step('b', function() return f:step('c', function() return 2 end) end))
                """, "2\n"
            ),
            // Finalisers may spawn tasks of their own just when a task is made.
            (
                """
                collectgarbage('incremental', 100, 1000)
                local early = 0
                for round = 1, 20 do
                  local done = false
                  f:step('s' .. round, function()
                    task.spawn(function() task.sleep(.003) done = true end)
                    for _ = 1, 20 do
                      setmetatable({}, {__gc = function() task.spawn(function() task.sleep(.001) end) end})
                    end
                    local t = {}
                    for i = 1, 100000 do t[i] = i end
                    return 1
                  end)
                  if not done then early = early + 1 end
                end
                print(early)
                """, "0\n"
            ),
        ] as [(String, String)])
    func aStepEndsWithTheTasksOfItsFunction(body: String, printed: String) async throws {
        let world = try await World()
        #expect(try await world.run("flow.run('f', function(f) \(body) end)") == printed)
    }

    @Test func aStepsFunctionYieldsToNobody() async throws {
        let world = try await World()
        let source = """
            flow.run('f', function(f)
              local step = coroutine.wrap(function()
                return f:step('a', function() coroutine.yield(1) return 2 end)
              end)
              print((select(2, pcall(step))))
            end)
            """
        #expect(try await world.run(source).contains("attempt to yield from outside a coroutine"))
    }

    @Test func aStepThatIsTriedAgainMayHaveTheSameStepsWithin() async throws {
        let world = try await World()
        let source = """
            local n = 0
            print(flow.run('f', function(f)
              return f:step('a', function()
                n = n + 1
                task.all({function() f:step('b', print) end, function() f:step('c', print) end})
                if n < 3 then error('again', 0) end
                return n
              end, {retry = {times = 3, delay = 0}})
            end))
            """
        #expect(try await world.run(source) == "\n\n3\n")
    }
}
