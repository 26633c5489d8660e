/// Runs files of tests: each in a script of its own, several at a time.
///
/// Each test has a platform, a journal of flows, a clock and temporary folders of its own; nothing of them is left behind.
public struct TestRunner: Sendable {
    /// How the tests are run.
    public var configuration: Configuration

    /// A runner; nothing is started yet.
    public init(_ configuration: Configuration) { self.configuration = configuration }

    /// Runs the files. Cancelling the task ends the tests that run, and begins no others.
    ///
    /// - Parameter report: told of each file when it and all before it have ended, in the order of the files.
    public func run(
        _ files: [TestFile], report: @Sendable (TestFileResult) -> Void = { _ in }
    ) async -> TestRunResult {
        let began = ContinuousClock.now
        var files = files
        if let seed = configuration.shuffleSeed {
            var order = SeededOrder(seed: seed, name: "")
            files.shuffle(using: &order)
        }
        let settings = Settings(configuration, roots: files)
        var results: [Int: TestFileResult] = [:]
        var reported = 0
        await withTaskGroup(of: (Int, TestFileResult?).self) { group in
            var next = 0
            func begin() {
                guard next < files.count else { return }
                let (index, file) = (next, files[next])
                next += 1
                group.addTask {
                    if settings.ending.hasEnded || Task.isCancelled { return (index, nil) }
                    return (index, await FileRun(file, settings: settings, number: index).run())
                }
            }
            for _ in 0..<max(1, configuration.jobs) { begin() }
            for await (index, result) in group {
                results[index] = result
                while let result = results[reported] {
                    report(result)
                    reported += 1
                }
                begin()
            }
        }
        // Those behind one that was not begun.
        for index in results.keys.sorted() where index >= reported {
            if let result = results[index] { report(result) }
        }
        TemporaryFolder.remove(configuration.temporaryFolder)
        return TestRunResult(
            files: results.sorted { $0.key < $1.key }.map(\.value), filesLeft: files.count - results.count,
            duration: ContinuousClock.now - began)
    }
}
