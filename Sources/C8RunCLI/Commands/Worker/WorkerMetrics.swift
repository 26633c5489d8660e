import C8Queue
import C8Run
import CoreMetrics

/// A worker's numbers.
struct WorkerMetrics: Sendable {
    private let registry: PrometheusRegistry

    init(_ registry: PrometheusRegistry, slots: Int) {
        self.registry = registry
        Meter(label: "c8run_worker_slots", dimensions: [], factory: registry).set(Double(slots))
        Meter(label: "c8run_worker_running", dimensions: [], factory: registry).set(0.0)
    }

    func note(_ event: WorkerEvent) {
        switch event {
        case .began: Meter(label: "c8run_worker_running", dimensions: [], factory: registry).increment()
        case .ended(_, let end, let seconds):
            left()
            Counter(
                label: "c8run_worker_jobs_total", dimensions: [("exit", "\(end.exitCode)")], factory: registry
            ).increment()
            Timer(label: "c8run_worker_job_duration_seconds", dimensions: [], factory: registry)
                .recordNanoseconds(Int64(seconds * 1e9))
        case .refused(_, let isRunning):
            if isRunning { left() }
            Counter(label: "c8run_worker_jobs_lost_total", dimensions: [], factory: registry).increment()
        case .fired(let ids):
            Counter(label: "c8run_worker_fired_total", dimensions: [], factory: registry).increment(by: ids.count)
        case .away: Counter(label: "c8run_worker_queue_outages_total", dimensions: [], factory: registry).increment()
        case .stopping, .back, .unrecorded, .draining: break
        }
    }

    private func left() { Meter(label: "c8run_worker_running", dimensions: [], factory: registry).decrement() }

    /// How many jobs there are in each state, and for how many seconds the one that has waited longest could have been run.
    func show(_ counts: [JobState: Int], lag: Double) {
        Meter(label: "c8run_queue_lag_seconds", dimensions: [], factory: registry).set(lag)
        for state in JobState.allCases {
            Meter(label: "c8run_queue_jobs", dimensions: [("state", state.rawValue)], factory: registry)
                .set(Double(counts[state, default: 0]))
        }
    }
}
