/// What became of all files.
public struct TestRunResult: Sendable, Hashable {
    /// In the order in which they were to run; those that were not begun are not here.
    public let files: [TestFileResult]
    /// Files that were to run and were not begun, since the run was cancelled or a failure ended it.
    public let filesLeft: Int
    /// What it all took.
    public let duration: Duration

    /// All tests of all files.
    public var tests: [TestResult] { files.flatMap(\.tests) }

    /// Failures, those outside of tests among them.
    public var failures: Int {
        files.reduce(0) { $0 + $1.problems.count + $1.tests.count { $0.failure != nil } }
    }

    /// How many tests ended so.
    public func count(_ isCounted: (TestResult.Outcome) -> Bool) -> Int {
        files.reduce(0) { $0 + $1.tests.count { isCounted($0.outcome) } }
    }

    /// The lines of scripts that ran, of all files together; those of the files of tests are left out.
    public var coverage: LineCoverage {
        files.reduce(into: LineCoverage()) { $0.merge($1.coverage) }
    }
}
