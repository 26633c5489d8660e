import C8Run
import LuaRuntime
import Synchronization

/// One run of one file: what its tests are, which one runs, and everything that they may use and leave behind.
///
/// A file is run again when a test has ended its script, without the tests that have run by then.
final class TestSession: Sendable {
    /// A test as the file tells it.
    struct Case: Sendable {
        let path: [String]
        let line: Int?
    }

    struct State {
        var cases: [Case] = []
        var results: [Int: TestResult]
        var problems: [TestFailure] = []
        /// The test that runs now.
        var current: Int?
        var began = ContinuousClock.now
        /// Tests of the file in the order in which they stand there.
        var order: [Int] = []
        /// The file has come to its end.
        var isDone = false
        var lua: ScriptReference?
        var temporaryFolders: [[String]] = [[]]
        var lastFolder = 0
        var coverage = LineCoverage()
    }

    let file: TestFile
    let settings: TestRunner.Settings
    let clock = TestClock()
    let journal = TestJournal()
    let output = OutputBuffer()
    let platform: TestPlatform
    let services: PlatformServices
    /// Where this file's temporary folders are.
    let temporaryFolder: String
    let watch = TestWatch()
    let shuffle: OrderSource?
    let state: Mutex<State>
    /// Host calls that wait on behalf of the runner and not of a test.
    let internalCalls = Atomic(0)
    private let advancing = Mutex<Task<Void, Never>?>(nil)

    init(
        _ file: TestFile, settings: TestRunner.Settings, temporaryFolder: String, results: [Int: TestResult]
    ) {
        self.file = file
        self.settings = settings
        self.temporaryFolder = temporaryFolder
        platform = TestPlatform(
            settings.platform, traffic: settings.host.traffic, clock: clock, logger: TestLogHandler.logger(output))
        services = platform.makeServices()
        shuffle = settings.shuffleSeed.map { OrderSource(seed: $0, name: file.path) }
        state = Mutex(State(results: results))
    }

    // MARK: - A test's life

    /// The file has told its tests: what is to become of each.
    func plan(_ cases: [(Case, asked: String?)]) -> [String] {
        state.withLock { state in
            state.cases = cases.map(\.0)
            return cases.enumerated().map { index, item in
                let (test, asked) = item
                guard settings.selects(file, test.path) else { return "filtered" }
                state.order.append(index)
                if settings.listsOnly { return note(.todo, index, &state) }
                if state.results[index] != nil { return "done" }
                switch asked {
                case "todo"?: return note(.todo, index, &state)
                case nil: return "run"
                default: return note(.skipped, index, &state)
                }
            }
        }
    }

    private func note(_ outcome: TestResult.Outcome, _ index: Int, _ state: inout State) -> String {
        let test = state.cases[index]
        state.results[index] = TestResult(
            path: test.path, line: test.line, outcome: outcome, duration: .zero, output: "")
        return "noted"
    }

    func begin(_ index: Int) async {
        _ = output.take()
        journal.clear()
        await platform.push()
        state.withLock { state in
            state.current = index
            state.began = .now
            state.temporaryFolders.append([])
        }
    }

    func finish(_ index: Int, _ failure: TestFailure?) async {
        await cleanUp()
        record(index, failure)
    }

    /// A group begins.
    func push() async {
        await platform.push()
        state.withLock { $0.temporaryFolders.append([]) }
    }

    /// What was made since ``push()`` or ``begin(_:)`` goes.
    func cleanUp() async {
        advancing.withLock { $0?.cancel() }
        clock.giveBack()
        await platform.pop()
        for folder in state.withLock({ $0.temporaryFolders.popLast() ?? [] }) { TemporaryFolder.remove(folder) }
    }

    /// The outcome of a test that has ended, or that has ended its script.
    func record(_ index: Int, _ failure: TestFailure?) {
        let text = output.take()
        let isFailure = state.withLock { state -> Bool in
            state.current = nil
            guard state.cases.indices.contains(index) else { return false }
            let test = state.cases[index]
            state.results[index] = TestResult(
                path: test.path, line: test.line,
                outcome: failure.map { .failed($0.located(in: file, or: test.line)) } ?? .passed,
                duration: ContinuousClock.now - state.began, output: text)
            return failure != nil
        }
        if isFailure, settings.failFast { settings.ending.end() }
    }

    func note(problem: TestFailure) {
        state.withLock { $0.problems.append(problem.located(in: file)) }
        if settings.failFast { settings.ending.end() }
    }

    // MARK: - Time

    /// Takes the time over.
    func takeClock(now: Double?, isAutomatic: Bool) {
        clock.take(now: now, isAutomatic: isAutomatic)
        advancing.withLock { advancing in
            advancing?.cancel()
            guard isAutomatic else { return }
            advancing = Task { [weak self] in
                while !Task.isCancelled, let self, self.clock.isAutomatic {
                    await self.settle(isPatient: true)
                    if Task.isCancelled || !self.clock.step(to: nil) { try? await Task.sleep(for: .milliseconds(2)) }
                }
            }
        }
    }

    /// Waits until nothing in the test goes on by itself: all of its tasks wait for its own time, or for something that has
    /// not moved for a while.
    ///
    /// - Parameter isPatient: look longer, since nobody asked for the time to go on.
    func settle(isPatient: Bool = false) async {
        let (quick, patient) = isPatient ? (4, 100) : (2, 50)
        var last: [Int] = []
        var unchanged = 0
        for _ in 0..<5000 where !Task.isCancelled {
            let lua = state.withLock { $0.lua }
            let awaited = await (try? lua?.get())?.awaitedCalls ?? 0
            let own = awaited - internalCalls.load(ordering: .relaxed)
            let requests = await platform.requests
            let present = [own, clock.activity, requests.total, requests.underWay]
            unchanged = present == last ? unchanged + 1 : 0
            last = present
            if requests.underWay == 0, unchanged >= (own <= clock.sleeperCount ? quick : patient) { return }
            try? await Task.sleep(for: .milliseconds(1))
        }
    }

    /// Everything ends.
    func close() async {
        watch.clear()
        advancing.withLock { $0?.cancel() }
        clock.giveBack()
        await platform.stop()
        for folder in state.withLock({ $0.temporaryFolders.flatMap(\.self) }) { TemporaryFolder.remove(folder) }
    }
}
