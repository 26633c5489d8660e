/// What became of one test.
public struct TestResult: Sendable, Hashable {
    /// How it ended.
    public enum Outcome: Sendable, Hashable {
        case passed
        case failed(TestFailure)
        /// Left out by the file: by `skip`, or since another one stands alone by `only`.
        case skipped
        /// Still to be written.
        case todo
    }

    /// The names of its groups from the outside in, and its own.
    public let path: [String]
    /// Its line in its file, where that is known.
    public let line: Int?
    /// How it ended.
    public let outcome: Outcome
    /// What it took, with what surrounds it.
    public let duration: Duration
    /// What it printed and logged.
    public let output: String

    /// `orders › are made once`.
    public var name: String { path.joined(separator: " › ") }

    /// What went wrong, if it failed.
    public var failure: TestFailure? {
        if case .failed(let failure) = outcome { return failure }
        return nil
    }
}
