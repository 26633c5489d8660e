import Logging
import Synchronization
import Testing

@testable import C8Run

@Suite struct FlowRunsTests {
    /// Nothing waits where nothing is under way: a script that used no flow ends without the runtime's pool of threads.
    @Test func endWithoutWritesIsImmediate() async {
        let runs = FlowRuns(nil, logger: Logger(label: "test"))
        let hasEnded = Mutex(false)
        let task = Task.immediate {
            await runs.close()
            hasEnded.withLock { $0 = true }
        }
        #expect(hasEnded.withLock { $0 })
        await task.value
    }
}
