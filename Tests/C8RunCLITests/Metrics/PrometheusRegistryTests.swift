import CoreMetrics
import Testing

@testable import C8RunCLI

struct PrometheusRegistryTests {
    @Test func countersAreAddedUpByTheirLabels() {
        let registry = PrometheusRegistry(help: ["b_total": "What b is."])
        for (result, amount) in [("ok", 2), ("api", 1), ("ok", 3)] {
            Counter(label: "b_total", dimensions: [("result", result), ("operation", "x.y")], factory: registry)
                .increment(by: amount)
        }
        Counter(label: "a_total", dimensions: [], factory: registry).increment()
        #expect(
            registry.text == """
                # TYPE a_total counter
                a_total 1
                # HELP b_total What b is.
                # TYPE b_total counter
                b_total{operation="x.y",result="api"} 1
                b_total{operation="x.y",result="ok"} 5

                """)
    }

    @Test func timesAreCountedInBucketsThatIncludeTheSmallerOnes() {
        let registry = PrometheusRegistry()
        let timer = Timer(label: "t_seconds", dimensions: [("a", "b")], factory: registry)
        for seconds in [0.003, 0.25, 0.3, 1000] { timer.recordSeconds(seconds) }
        let lines = registry.text.split(separator: "\n").map(String.init)
        #expect(lines.first == "# TYPE t_seconds histogram")
        for line in [
            #"t_seconds_bucket{a="b",le="0.005"} 1"#, #"t_seconds_bucket{a="b",le="0.25"} 2"#,
            #"t_seconds_bucket{a="b",le="0.5"} 3"#, #"t_seconds_bucket{a="b",le="300"} 3"#,
            #"t_seconds_bucket{a="b",le="+Inf"} 4"#, #"t_seconds_sum{a="b"} 1000.553"#, #"t_seconds_count{a="b"} 4"#,
        ] {
            #expect(lines.contains(line))
        }
    }

    @Test func gaugesKeepTheLastValue() {
        let registry = PrometheusRegistry()
        let gauge = Meter(label: "g", dimensions: [], factory: registry)
        for value in [3.5, 2] { gauge.set(value) }
        #expect(registry.text == "# TYPE g gauge\ng 2\n")
    }

    @Test func whatALabelHoldsCannotEndIt() {
        let registry = PrometheusRegistry()
        Counter(label: "c", dimensions: [("l", "a\"} 9\n\\x")], factory: registry).increment()
        #expect(registry.text == "# TYPE c counter\nc{l=\"a\\\"} 9\\n\\\\x\"} 1\n")
    }

    @Test func aNameOfAnotherKindIsLeftAlone() {
        let registry = PrometheusRegistry()
        Counter(label: "c", dimensions: [], factory: registry).increment()
        Meter(label: "c", dimensions: [], factory: registry).set(7.0)
        #expect(registry.text == "# TYPE c counter\nc 1\n")
    }
}
