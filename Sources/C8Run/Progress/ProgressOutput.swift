package import Logging

/// Where scripts show how far they are: one line of a terminal, or lines of the log.
package struct ProgressOutput: Sendable {
    /// What is shown of one piece of work.
    package struct State: Sendable {
        package var label: String
        /// Between 0 and 1, where the total is known.
        package var fraction: Double?
        package var done: Double
        package var total: Double?
        /// Of whatever is counted, a second.
        package var rate: Double?
        /// Seconds.
        package var remaining: Double?
        package var isOver: Bool

        package init(
            label: String, fraction: Double?, done: Double, total: Double?, rate: Double?, remaining: Double?,
            isOver: Bool
        ) {
            self.label = label
            self.fraction = fraction
            self.done = done
            self.total = total
            self.rate = rate
            self.remaining = remaining
            self.isOver = isOver
        }
    }

    /// Seconds between two looks.
    let interval: Double
    package let show: @Sendable (State) -> Void

    /// - Parameters:
    ///   - interval: seconds between two looks at one piece of work.
    ///   - show: called from any thread, with a last state that is over.
    package init(interval: Double, show: @escaping @Sendable (State) -> Void) {
        self.interval = interval
        self.show = show
    }

    /// Shows nothing.
    package static let none = ProgressOutput(interval: .infinity) { _ in }

    /// Lines of the log, twice a minute.
    package static func log(_ logger: Logger) -> ProgressOutput {
        ProgressOutput(interval: 30) { state in
            var metadata: Logger.Metadata = ["done": "\(whole(state.done))"]
            if let fraction = state.fraction { metadata["percent"] = "\(whole(fraction * 100))" }
            if let rate = state.rate { metadata["per_second"] = "\(whole(rate))" }
            if let remaining = state.remaining, !state.isOver { metadata["remaining_seconds"] = "\(whole(remaining))" }
            logger.info("\(state.label)", metadata: metadata)
        }
    }

    /// Scripts count what they like.
    private static func whole(_ number: Double) -> Int { number.isFinite ? Int(max(0, min(number, 1e15))) : 0 }

    /// A new piece of work.
    ///
    /// - Parameter total: what there is to do; nil where that is unknown.
    func line(label: String, total: Double?) -> ProgressLine { ProgressLine(label: label, total: total, output: self) }
}
