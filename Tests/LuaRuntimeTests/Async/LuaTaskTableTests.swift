import Testing

@testable import LuaRuntime

@Suite struct LuaTaskTableTests {
    @Test func tasksAreFoundByTheirIdsWhateverWasRemoved() throws {
        let state = try LuaState()
        let function = try state.load(Array("return 1".utf8), chunkName: "=text")
        let tasks = try (1...9).map { _ in try state.makeTask(function, [], parent: nil) }
        for task in tasks { #expect(state.tasks[task.id] === task) }
        for index in [4, 0, 8] { state.tasks.remove(tasks[index]) }
        for (index, task) in tasks.enumerated() {
            #expect((state.tasks[task.id] === task) == ![4, 0, 8].contains(index))
        }
        state.tasks.remove(tasks[4])
        #expect(state.tasks.count == 6)
        #expect(state.tasks[0] == nil)
        #expect(state.tasks[1 << 40] == nil)
        for task in tasks { state.tasks.remove(task) }
        #expect(state.tasks.isEmpty)
    }
}
