/// What sort of metric a family is.
enum PrometheusKind: String, Sendable { case counter, gauge, histogram }

/// What happens to one series.
enum PrometheusChange: Sendable {
    case add(Double)
    case set(Double)
    case observe(Double)
}

/// All series of one name, by their labels.
struct PrometheusFamily: Sendable {
    /// Upper bounds in seconds, from a fast answer on one's own machine to a large file.
    static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

    private struct Series: Sendable {
        var sum = 0.0
        var count = 0
        var buckets = [Int](repeating: 0, count: PrometheusFamily.bounds.count)
    }

    private let kind: PrometheusKind
    /// By the labels as they are printed.
    private var series: [String: Series] = [:]

    init(kind: PrometheusKind) {
        self.kind = kind
    }

    mutating func update(_ dimensions: [(String, String)], _ kind: PrometheusKind, _ change: PrometheusChange) {
        guard kind == self.kind else { return }
        let labels = dimensions.sorted { $0.0 < $1.0 }.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }
            .joined(separator: ",")
        var series = series[labels] ?? Series()
        switch change {
        case .add(let amount): series.sum += amount
        case .set(let value): series = Series(sum: value)
        case .observe(let value):
            series.sum += value
            series.count += 1
            if let index = Self.bounds.firstIndex(where: { value <= $0 }) { series.buckets[index] += 1 }
        }
        self.series[labels] = series
    }

    func text(name: String, help: String?) -> String {
        var text = help.map { "# HELP \(name) \($0)\n" } ?? ""
        text += "# TYPE \(name) \(kind.rawValue)\n"
        for (labels, series) in series.sorted(by: { $0.key < $1.key }) {
            func line(_ suffix: String, _ value: String, bound: String? = nil) {
                let all = [labels, bound.map { "le=\"\($0)\"" } ?? ""].filter { !$0.isEmpty }.joined(separator: ",")
                text += name + suffix + (all.isEmpty ? "" : "{\(all)}") + " \(value)\n"
            }
            guard kind == .histogram else {
                line("", Self.number(series.sum))
                continue
            }
            var below = 0
            for (bound, count) in zip(Self.bounds, series.buckets) {
                below += count
                line("_bucket", "\(below)", bound: Self.number(bound))
            }
            line("_bucket", "\(series.count)", bound: "+Inf")
            line("_sum", Self.number(series.sum))
            line("_count", "\(series.count)")
        }
        return text
    }

    private static func number(_ value: Double) -> String {
        Int64(exactly: value).map { "\($0)" }
            ?? (value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-Inf" : "+Inf") : "\(value)")
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
