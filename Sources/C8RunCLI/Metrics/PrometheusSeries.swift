import CoreMetrics

/// One metric as swift-metrics hands it out: a name for a place in the registry.
final class PrometheusSeries: CounterHandler, MeterHandler, RecorderHandler, TimerHandler {
    private let registry: PrometheusRegistry
    private let label: String
    private let dimensions: [(String, String)]
    private let kind: PrometheusKind

    init(
        _ registry: PrometheusRegistry, _ label: String, _ dimensions: [(String, String)], _ kind: PrometheusKind
    ) {
        (self.registry, self.label, self.dimensions, self.kind) = (registry, label, dimensions, kind)
    }

    func increment(by amount: Int64) { update(.add(Double(amount))) }
    func reset() { update(.set(0)) }
    func set(_ value: Int64) { update(.set(Double(value))) }
    func set(_ value: Double) { update(.set(value)) }
    func increment(by amount: Double) { update(.add(amount)) }
    func decrement(by amount: Double) { update(.add(-amount)) }
    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) { update(kind == .histogram ? .observe(value) : .set(value)) }
    func recordNanoseconds(_ duration: Int64) { update(.observe(Double(duration) / 1e9)) }

    private func update(_ change: PrometheusChange) { registry.update(label, dimensions, kind, change) }
}
