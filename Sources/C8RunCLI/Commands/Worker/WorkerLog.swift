import C8Queue
import C8Run
import Logging

/// A worker's lines in the log: one for each job that ends, and what went wrong with the queue.
struct WorkerLog: Sendable {
    let logger: Logger

    func note(_ event: WorkerEvent) {
        switch event {
        case .began(let job):
            logger.debug(
                "job begins", metadata: ["job": "\(job.claim.id)", "attempt": "\(job.attempt)"])
        case .ended(let job, let end, let seconds):
            // Lines that nobody reads are not made.
            let level: Logger.Level = end.exitCode == 0 || end.isDrained ? .info : .warning
            guard logger.logLevel <= level else { return }
            var metadata: Logger.Metadata = [
                "job": "\(job.claim.id)", "attempt": "\(job.attempt)", "exit": "\(end.exitCode)",
                "seconds": "\((seconds * 1000).rounded() / 1000)",
            ]
            if let error = end.error { metadata["error"] = "\(error)" }
            logger.log(level: level, end.isDrained ? "job given back" : "job ended", metadata: metadata)
        case .stopping(let claim, let stop): logger.notice("\(Self.reason(stop))", metadata: ["job": "\(claim.id)"])
        case .refused(let claim, _):
            logger.warning(
                "somebody else has the job by now: what this run of it did counts for nothing",
                metadata: ["job": "\(claim.id)"])
        case .fired(let ids):
            logger.info(
                "schedules have fired", metadata: ["jobs": "\(ids.map(\.text).joined(separator: ", "))"])
        case .away(let problem): logger.warning("the queue is away; trying again", metadata: ["error": "\(problem)"])
        case .back: logger.notice("the queue is back")
        case .unrecorded(let claim, let problem):
            logger.error(
                "the queue does not take the job's end", metadata: ["job": "\(claim.id)", "error": "\(problem)"])
        case .draining: logger.notice("asked to end: taking no more jobs, and waiting for those that run")
        }
    }

    /// In the place of lines that nobody read in time.
    static func gap(_ count: Int, format: LogFormat) -> [UInt8] {
        let line = LogLine(
            time: LogTime.now(), level: .warning, message: "lines of the log are missing here: nobody read them",
            metadata: ["lines": "\(count)"])
        return Array(line.text(format: format, usesColor: false).utf8)
    }

    private static func reason(_ stop: WorkerState.Stop) -> String {
        switch stop {
        case .lost: "stopping a job that somebody else has by now"
        case .expired: "stopping a job whose lease has run out while the queue was away"
        case .cancelled: "stopping a job that was taken back"
        case .drained: "stopping a job to give it back"
        }
    }
}
