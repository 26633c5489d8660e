import C8Run
import Synchronization

/// Runs one file. Where a test has ended the script (by a loop without end, `os.exit`, or a limit), the rest of the file
/// runs in another one.
struct FileRun: Sendable {
    private let file: TestFile
    private let settings: TestRunner.Settings
    private let temporaryFolder: String

    init(_ file: TestFile, settings: TestRunner.Settings, number: Int) {
        self.file = file
        self.settings = settings
        temporaryFolder = "\(settings.temporaryFolder)/\(number + 1)"
    }

    func run() async -> TestFileResult {
        let began = ContinuousClock.now
        var results: [Int: TestResult] = [:]
        var problems: [TestFailure] = []
        var coverage = LineCoverage()
        var order: [Int] = []
        var goesOn = true
        do throws(TestFileError) {
            try TemporaryFolder.make(settings.temporaryFolder)
            try TemporaryFolder.make(temporaryFolder)
        } catch {
            problems.append(TestFailure("cannot make a temporary folder: \(error)", kind: "config"))
            goesOn = false
        }
        while goesOn {
            let session = TestSession(
                file, settings: settings, temporaryFolder: temporaryFolder, results: results)
            let before = results.count
            let problem = await run(session)
            let state = session.state.withLock { state in (state.results, state.problems, state.coverage, state.order) }
            results = state.0
            problems += state.1
            coverage.merge(state.2)
            if !state.3.isEmpty { order = state.3 }
            if let problem { problems.append(problem.located(in: file)) }
            // Only where a test has ended the script is there anything more to do.
            goesOn =
                problem == nil && !session.state.withLock { $0.isDone } && results.count > before && !Task.isCancelled
        }
        TemporaryFolder.remove(temporaryFolder)
        return TestFileResult(
            path: file.path, tests: order.compactMap { results[$0] }, problems: problems,
            duration: ContinuousClock.now - began, coverage: coverage)
    }

    /// Runs what is left of the file. Returns what went wrong outside of a test.
    private func run(_ session: TestSession) async -> TestFailure? {
        let host = ScriptHost(configuration: configuration(session))
        let script = Script(source: file.source, name: file.path, folder: file.folder)
        let task = Task { try await host.run(script) }
        session.watch.onEnd { task.cancel() }
        // What stands outside of the tests has the time of a test.
        session.watch.set(settings.timeout)
        await session.platform.register(session.services)
        let result = await withTaskCancellationHandler {
            await task.result
        } onCancel: {
            session.settings.ending.end()
            task.cancel()
        }
        session.watch.clear()
        var failure: TestFailure?
        switch result {
        case .success(let result):
            let isDone = session.state.withLock { $0.isDone }
            if !isDone { failure = TestFailure("ended the script by os.exit(\(result.exitStatus))", kind: "exit") }
        case .failure(let error): failure = describe(error, session)
        }
        let current = session.state.withLock { $0.current }
        if let current {
            session.record(current, failure)
            failure = nil
        } else if failure == nil || Task.isCancelled {
            failure = nil
        }
        await session.close()
        return failure
    }

    private func configuration(_ session: TestSession) -> ScriptHost.Configuration {
        var configuration = settings.host
        let output = session.output
        configuration.grants = settings.grants(temporaryFolder: temporaryFolder)
        configuration.platform = session.services
        configuration.profileName = settings.profileName
        configuration.standardOutput = { output.append($0) }
        configuration.standardError = { output.append($0) }
        configuration.logger = TestLogHandler.logger(output)
        configuration.clock = session.clock
        configuration.timer = session.clock.background
        let journal = session.journal
        configuration.flows = FlowServices { journal }
        configuration.extraModules.append(TestModule.module(session))
        configuration.driver = TestModule.driver
        if settings.countsLines {
            configuration.lineCounts = { counts in session.state.withLock { $0.coverage.add(counts) } }
        }
        return configuration
    }

    private func describe(_ error: any Error, _ session: TestSession) -> TestFailure {
        guard let error = error as? ScriptError else { return TestFailure("\(error)", kind: "internal") }
        var failure = TestFailure(error.message, kind: error.kind.rawValue, traceback: error.traceback)
        if let rest = error.message.wholeMatch(of: /[^\n]*?:\d+: ((?s:.*))/)?.output.1, !error.traceback.isEmpty {
            failure.message = String(rest)
        }
        failure.sourceLine = error.sourceLine
        // "… at orders_test.lua:12", where a stop struck.
        if let place = error.message.firstMatch(of: /\sat ([^\s;]+:\d+)/)?.output.1 { failure.place = String(place) }
        if let seconds = session.watch.overrun {
            let time = seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)"
            failure.message = "took longer than \(time) s, and did not end when it was told to"
            failure.kind = "timeout"
        } else if Task.isCancelled {
            failure.message = "the run of the tests was stopped"
            failure.kind = "cancelled"
        }
        return failure
    }
}
