import C8Platform
package import CoreMetrics

/// What is counted about calls and tokens, through swift-metrics: an embedder's backend takes it, and `--metrics`.
///
/// Labels have few values: an operation that the catalogue lacks is counted as `other`, whatever its path.
package struct ClientMetrics: Sendable {
    let factory: any MetricsFactory
    /// False where nobody counts, so that no counter is made for nobody.
    private let isCounting: Bool

    /// - Parameter factory: where to; nil for the one that the process was set up with, which by default counts nothing.
    package init(_ factory: (any MetricsFactory)? = nil) {
        self.factory = factory ?? MetricsSystem.factory
        isCounting = !(self.factory is NOOPMetricsHandler)
    }

    /// A call has ended, with all its attempts.
    func call(_ operation: OperationID?, seconds: Double, error: ClientError?) {
        guard isCounting else { return }
        let operation = ("operation", operation?.rawValue ?? "other")
        count("c8run_calls_total", [operation, ("result", error?.kind.rawValue ?? "ok")])
        Timer(label: "c8run_call_duration_seconds", dimensions: [operation], factory: factory)
            .recordSeconds(max(0, seconds))
    }

    /// One request was answered, or not.
    func request(_ operation: OperationID?, status: Int?) {
        guard isCounting else { return }
        count(
            "c8run_requests_total",
            [("operation", operation?.rawValue ?? "other"), ("status", status.map { "\($0)" } ?? "none")])
    }

    /// A call is made again.
    func retry(_ operation: OperationID?, after kind: ClientError.Kind) {
        count("c8run_retries_total", [("operation", operation?.rawValue ?? "other"), ("error", kind.rawValue)])
    }

    /// The platform did not accept a token.
    func tokenRefused() { count("c8run_token_refusals_total", []) }

    /// get-token was called.
    func tokenFetch(_ end: TokenFetcher.End) {
        let result =
            switch end {
            case .token: "ok"
            case .tooOften: "too_often"
            case .refused: "refused"
            case .notSent: "not_sent"
            case .failed: "failed"
            }
        count("c8run_token_fetches_total", [("result", result)])
    }

    /// Somebody waited for the slot in which a token may be fetched.
    func tokenWait(seconds: Double) {
        Timer(label: "c8run_token_wait_seconds", dimensions: [], factory: factory).recordSeconds(max(0, seconds))
    }

    private func count(_ label: String, _ dimensions: [(String, String)]) {
        Counter(label: label, dimensions: dimensions, factory: factory).increment()
    }
}
