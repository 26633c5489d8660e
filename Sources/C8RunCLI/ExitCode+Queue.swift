import C8Queue

extension ExitCode {
    /// The code for what the queue does not do.
    init(_ error: JobQueueError) {
        switch error {
        case .badName, .unknownJob, .notNow, .mayWriteTwice: self = .usage
        case .otherJob, .tooLong: self = .compile
        // A worker alone meets it, and tries again.
        case .lostOwnership: self = .unavailable
        case .damaged, .storage: self = .configuration
        case .unreachable: self = .unavailable
        }
    }
}
