import Dispatch
import Glibc
import Synchronization
import Testing

@testable import LuaRuntime

@Suite struct ScriptThreadTests {
    /// The thread that a piece of a script runs on.
    private static func here() -> UInt { UInt(pthread_self()) }

    private static func thread(of script: LuaScript) async -> UInt { await script.withState { _ in here() } }

    @Test func scriptsThatHaveNothingToDoShareAThread() async throws {
        // The tests beside this one have scripts too: some of these meet on one, most often all do.
        var threads: Set<UInt> = []
        var scripts: [LuaScript] = []
        for _ in 0..<300 {
            let script = try LuaScript()
            threads.insert(await Self.thread(of: script))
            scripts.append(script)
        }
        #expect(threads.count < scripts.count / 2)
    }

    @Test func scriptThatComputesHasAThreadOfItsOwn() async throws {
        let meeting = Meeting(of: 8)
        let met = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let script = try LuaScript()
                    return await script.withState { _ in meeting.wait() }
                }
            }
            return try await group.reduce(true) { $0 && $1 }
        }
        #expect(met)
    }

    @Test func jobsOfOneScriptKeepTheirOrderWhateverThreadsTheyRunOn() async throws {
        let thread = try ScriptThread()
        let seen = Mutex<[Int]>([])
        for number in 0..<2000 {
            thread.perform { seen.withLock { $0.append(number) } }
            if number % 100 == 0 { await Task.yield() }
        }
        await withCheckedContinuation { continuation in thread.perform { continuation.resume() } }
        #expect(seen.withLock { $0 } == Array(0..<2000))
        thread.end()
    }

    @Test func taskThatPrefersAnEndedThreadStillRuns() async throws {
        let thread = try ScriptThread()
        thread.end()
        #expect(await Task(executorPreference: thread) { 7 }.value == 7)
    }
}

/// Where threads wait for each other: so many are blocked at the same time.
private final class Meeting: Sendable {
    private let missing: Mutex<Int>
    private let all = DispatchSemaphore(value: 0)

    init(of count: Int) { missing = Mutex(count) }

    /// False where the others do not come.
    func wait() -> Bool {
        let isLast = missing.withLock { missing in
            missing -= 1
            return missing == 0
        }
        if isLast { all.signal() }
        guard all.wait(timeout: .now() + 60) == .success else { return false }
        all.signal()
        return true
    }
}
