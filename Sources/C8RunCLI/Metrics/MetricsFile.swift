import CoreMetrics
import Glibc

/// The file of `--metrics`: opened before the script runs, since afterwards the kernel's wall may be in the way, and written
/// when it has ended.
final class MetricsFile: Sendable {
    /// Where everything is counted.
    let registry = PrometheusRegistry(help: MetricsFile.help)

    /// What each metric is about.
    static let help = [
        "c8run_calls_total": "Calls of the platform, with all their attempts, by operation and result.",
        "c8run_call_duration_seconds": "Time of calls, with waiting for a token and for retries.",
        "c8run_requests_total": "Requests sent for calls, by operation and HTTP status.",
        "c8run_retries_total": "Requests sent again, by operation and what went wrong.",
        "c8run_token_refusals_total": "Tokens that the platform did not accept.",
        "c8run_token_fetches_total": "Calls of get-token, by result.",
        "c8run_token_wait_seconds": "Time waited until get-token may be called.",
        "c8run_limit_stops_total": "Scripts stopped by a limit, by kind of limit.",
        "c8run_run_duration_seconds": "Time of the run.",
        "c8run_exit_status": "The run's exit status.",
        "c8run_worker_slots": "Jobs that the worker runs at a time, at most.",
        "c8run_worker_running": "Jobs that the worker runs now.",
        "c8run_worker_jobs_total": "Attempts at jobs that ended here, by exit code.",
        "c8run_worker_jobs_lost_total": "Attempts at jobs that somebody else had taken before they ended.",
        "c8run_worker_job_duration_seconds": "Time of attempts at jobs.",
        "c8run_worker_fired_total": "Jobs that schedules added through this worker.",
        "c8run_worker_queue_outages_total": "Times that the queue could not be reached any more.",
        "c8run_queue_jobs": "Jobs in the queue, by state, as of the last 15 seconds.",
        "c8run_queue_lag_seconds": "For how long the job that has waited longest could have been run; 0 without any.",
    ]
    private let path: String
    private let descriptor: Int32

    /// - Throws: ``ConfigurationError`` where the file cannot be written.
    init(_ path: String) throws(ConfigurationError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw ConfigurationError(
                "cannot write \(path): \(String(cString: strerror(errno)))", origin: .flag("--metrics"))
        }
    }

    deinit { close(descriptor) }

    /// Notes how the run ended and writes everything; returns what went wrong.
    func write(status: Int32, seconds: Double, limit: String?) -> String? {
        Meter(label: "c8run_exit_status", dimensions: [], factory: registry).set(Double(status))
        Meter(label: "c8run_run_duration_seconds", dimensions: [], factory: registry).set(seconds)
        if let limit {
            Counter(label: "c8run_limit_stops_total", dimensions: [("limit", limit)], factory: registry).increment()
        }
        let bytes = Array(registry.text.utf8)
        // A pipe or a terminal has no length to set.
        var number = ftruncate(descriptor, 0) == 0 || errno == EINVAL ? 0 : errno
        var written = 0
        while number == 0, written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 { written += count } else if errno != EINTR { number = errno }
        }
        return number == 0 ? nil : "cannot write the metrics to \(path): \(String(cString: strerror(number)))"
    }
}
