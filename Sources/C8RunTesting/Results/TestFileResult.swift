/// What became of the tests of one file.
public struct TestFileResult: Sendable, Hashable {
    /// The file's path.
    public let path: String
    /// In the order in which they stand, or in which they ran if that was another; those that a filter left out are not here.
    public internal(set) var tests: [TestResult]
    /// What went wrong outside of tests: the file cannot be loaded, or what follows its tests failed.
    public internal(set) var problems: [TestFailure]
    /// What the whole file took.
    public internal(set) var duration: Duration
    /// How often its lines and those of its modules and scripts ran, where that was counted.
    public internal(set) var coverage: LineCoverage

    /// Whether all is well.
    public var hasPassed: Bool { problems.isEmpty && !tests.contains { $0.failure != nil } }
}
