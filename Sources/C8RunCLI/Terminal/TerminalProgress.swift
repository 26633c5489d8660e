import C8Run
import Logging
import Synchronization

/// Shows progress on the last line of a terminal, under whatever else is written to standard error.
enum TerminalProgress {
    /// Where scripts show how far they are.
    static func output(_ choice: ProgressChoice, stream: OutputStream, logger: Logger) -> ProgressOutput {
        switch choice {
        case .never: return .none
        case .auto:
            guard stream.isTerminal else { return .log(logger) }
            // Scripts show it from tasks that know no language.
            let language = Language.current
            return ProgressOutput(interval: 0.1) { state in
                // A line that is wider than the terminal could not be taken back; a window may be resized meanwhile.
                let width = stream.columns(ProcessEnvironment.lookup)
                if state.isOver {
                    stream.showLine(nil)
                    stream.write(Language.$current.withValue(language) { text(of: state) } + "\n")
                } else {
                    stream.showLine(Language.$current.withValue(language) { text(of: state, width: width) })
                }
            }
        }
    }

    /// `upload  [########------------]  40 %  20,000  8,100/s  1 min 12 s left`.
    ///
    /// - Parameter width: the columns there are; nil for no bound. The bar goes first, then the label's end.
    static func text(of state: ProgressOutput.State, width: Int? = nil) -> String {
        let label = TextTable.prefix(TerminalText.line(state.label), width: 40)
        let figures = figures(of: state)
        let parts = [label, state.fraction.map(bar)].compactMap(\.self) + figures
        guard let width else { return parts.joined(separator: "  ") }
        // The last column stays free: terminals differ in where the cursor is behind it.
        let room = width - 1
        let whole = parts.joined(separator: "  ")
        if TextTable.width(of: whole) <= room { return whole }
        let text = figures.joined(separator: "  ")
        let left = room - TextTable.width(of: text) - 2
        if left < 1 { return TextTable.prefix(text, width: max(0, room)) }
        return TextTable.prefix(label, width: left) + "  " + text
    }

    private static func bar(_ fraction: Double) -> String {
        let filled = Int((fraction * 20).rounded(.down))
        return "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: 20 - filled) + "]"
    }

    private static func figures(of state: ProgressOutput.State) -> [String] {
        var parts: [String] = []
        if let fraction = state.fraction { parts.append("\(Int(fraction * 100)) %") }
        parts.append(grouped(state.done))
        if let rate = state.rate { parts.append("\(grouped(rate))/s") }
        if let remaining = state.remaining, !state.isOver {
            parts.append(ProgressMessage.left.text(["time": TokenStatusText.interval(remaining)]))
        }
        return parts
    }

    /// Groups of three digits; decimals only below ten.
    private static func grouped(_ number: Double) -> String {
        guard number >= 10 || number == number.rounded() else { return String((number * 10).rounded() / 10) }
        let digits = Array(String(Int(min(number, 1e15))))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }
}
