import Logging

/// One log message as a line of text or JSON, without anything that could end the line early or steer a terminal.
struct LogLine {
    var time: String
    var level: Logger.Level
    var message: String
    /// Sorted by key when it is written.
    var metadata: Logger.Metadata

    /// The line, with its line break.
    func text(format: LogFormat, usesColor: Bool) -> String {
        switch format {
        case .text: textLine(usesColor: usesColor)
        case .json: jsonLine()
        }
    }

    // MARK: Text

    private func textLine(usesColor: Bool) -> String {
        let name = level.rawValue
        let padding = String(repeating: " ", count: max(0, 7 - name.count))
        let word = usesColor ? "\u{1b}[\(colorCode)m\(name)\u{1b}[0m" : name
        var line = "\(time) \(word)\(padding) \(TerminalText.line(message))"
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            line += " \(TerminalText.line(key))=\(LogLine.quotedIfNeeded(value.description))"
        }
        return line + "\n"
    }

    private var colorCode: String {
        switch level {
        case .trace, .debug: "2"
        case .info, .notice: "36"
        case .warning: "33"
        case .error, .critical: "31"
        }
    }

    private static func quotedIfNeeded(_ value: String) -> String {
        let safe = TerminalText.line(value)
        let isPlain = !safe.isEmpty && !safe.contains { $0 == " " || $0 == "\"" || $0 == "=" }
        return isPlain ? safe : "\"" + safe.replacing("\"", with: "\\\"") + "\""
    }

    // MARK: JSON

    private func jsonLine() -> String {
        var line =
            "{\"time\":\(LogLine.json(time)),\"level\":\"\(level.rawValue)\",\"message\":\(LogLine.json(message))"
        if !metadata.isEmpty { line += ",\"fields\":" + LogLine.json(.dictionary(metadata)) }
        return line + "}\n"
    }

    private static func json(_ value: Logger.MetadataValue) -> String {
        switch value {
        case .string(let text): return json(text)
        case .stringConvertible(let value): return json(value.description)
        case .array(let values): return "[" + values.map { json($0) }.joined(separator: ",") + "]"
        case .dictionary(let table):
            let pairs = table.sorted { $0.key < $1.key }.map { "\(json($0.key)):\(json($0.value))" }
            return "{" + pairs.joined(separator: ",") + "}"
        }
    }

    /// A JSON string. Escapes more than JSON demands (RFC 8259, 7): the line may end up on a terminal.
    private static func json(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            default:
                switch scalar.value {
                case 0..<0x20, 0x7f...0x9f, 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069:
                    let digits = String(scalar.value, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                default: result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}
