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
            return ProgressOutput(interval: 0.1) { state in
                if state.isOver {
                    stream.showLine(nil)
                    stream.write(text(of: state) + "\n")
                } else {
                    stream.showLine(text(of: state))
                }
            }
        }
    }

    /// `upload  [########------------]  40 %  20,000  8,100/s  1 min 12 s left`.
    static func text(of state: ProgressOutput.State) -> String {
        var parts = [TerminalText.line(String(state.label.prefix(40)))]
        if let fraction = state.fraction {
            let filled = Int((fraction * 20).rounded(.down))
            parts.append(
                "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: 20 - filled) + "]")
            parts.append("\(Int(fraction * 100)) %")
        }
        parts.append(grouped(state.done))
        if let rate = state.rate { parts.append("\(grouped(rate))/s") }
        if let remaining = state.remaining, !state.isOver {
            parts.append("\(TokenStatusText.interval(remaining)) left")
        }
        return parts.joined(separator: "  ")
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
