import Glibc
import Testing

@testable import C8RunCLI

@Suite struct MainThreadTests {
    /// The thread that a synchronous piece of a task runs on.
    private static func here() -> UInt { UInt(pthread_self()) }

    @Test func workAndWhatItWaitsForRunOnTheCallingThread() {
        let (caller, main) = (Self.here(), MainThread())
        let status = main.run {
            let first = Self.here()
            await Task.yield()
            let inGroup = await withTaskGroup(of: UInt.self) { group in
                for _ in 1...3 { group.addTask { Self.here() } }
                return await group.reduce(into: Set<UInt>()) { $0.insert($1) }
            }
            let own = await Task(executorPreference: main) { Self.here() }.value
            return inGroup.union([first, own]) == [caller] ? 7 : 1
        }
        #expect(status == 7)
    }

    @Test func whatAnotherThreadEndsIsGoneOnWith() {
        let status = MainThread().run {
            await Task.detached { await Task.yield() }.value
            return 3
        }
        #expect(status == 3)
    }
}
