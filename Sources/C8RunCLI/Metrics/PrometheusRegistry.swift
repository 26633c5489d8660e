import CoreMetrics
import Synchronization

/// Keeps metrics in memory and shows them in the text format of Prometheus (version 0.0.4).
///
/// Timers become histograms in seconds, recorders that aggregate become histograms of their values, and others gauges.
final class PrometheusRegistry: MetricsFactory, Sendable {
    private let families = Mutex<[String: PrometheusFamily]>([:])
    private let help: [String: String]

    /// - Parameter help: what families are about, by name.
    init(help: [String: String] = [:]) {
        self.help = help
    }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        PrometheusSeries(self, label, dimensions, .counter)
    }

    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        PrometheusSeries(self, label, dimensions, .gauge)
    }

    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        PrometheusSeries(self, label, dimensions, aggregate ? .histogram : .gauge)
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        PrometheusSeries(self, label, dimensions, .histogram)
    }

    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyMeter(_ handler: any MeterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}

    /// Changes one series. A label that is in use for another kind of metric is left as it is.
    func update(_ label: String, _ dimensions: [(String, String)], _ kind: PrometheusKind, _ change: PrometheusChange) {
        families.withLock { families in
            families[label, default: PrometheusFamily(kind: kind)].update(dimensions, kind, change)
        }
    }

    /// All metrics; families and their series in order of name.
    var text: String {
        let families = families.withLock { $0 }
        return families.sorted { $0.key < $1.key }.map { name, family in
            family.text(name: name, help: help[name])
        }.joined()
    }
}
