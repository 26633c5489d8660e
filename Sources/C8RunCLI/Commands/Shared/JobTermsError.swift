/// Terms of a queued script that cannot be read.
struct JobTermsError: Error, Sendable, Equatable, CustomStringConvertible {
    private let problem: String

    init(_ problem: String) { self.problem = problem }

    var description: String { "the job's grants and limits \(problem)" }
}
