extension PostgresError {
    /// What the server says of a statement.
    ///
    /// - Parameter code: SQLSTATE; empty where the library itself gave up on the connection.
    static func server(_ code: String, _ message: String, at place: String) -> PostgresError {
        guard !code.isEmpty else { return PostgresError(.lost, at: place, tidy(message)) }
        return PostgresError(kind(of: code) ?? .statement, at: place, tidy(message), code: code)
    }

    /// Why no connection was made, from the library's message.
    static func connecting(_ message: String, at place: String) -> PostgresError {
        let (code, text) = split(message)
        if let code {
            let kind = kind(of: code) ?? .settings
            return PostgresError(kind == .lost ? .unreachable : kind, at: place, text, code: code)
        }
        func says(_ words: String...) -> Bool { words.contains { text.firstRange(of: $0) != nil } }
        if says("no password supplied") { return PostgresError(.credentials, at: place, text) }
        if says("certificate", "does not support SSL", "SSL error", "private key file") {
            return PostgresError(.certificate, at: place, text)
        }
        if says("invalid ", "definition of service", "service file", "could not match") {
            return PostgresError(.settings, at: place, text)
        }
        return PostgresError(.unreachable, at: place, text.isEmpty ? "nobody answers" : text)
    }

    /// The kinds of PostgreSQL's codes that mean something here; nil for the rest.
    private static func kind(of code: String) -> Kind? {
        switch code {
        case "3D000": .settings
        case "42501": .rights
        case "53100": .full
        case "57014": .timedOut
        case "40001", "40P01": .conflict
        // Memory or connections have run out, it starts or stops, or has become a standby since.
        case "53200", "53300", "57P01", "57P02", "57P03", "57P05", "25006": .lost
        default:
            switch code.prefix(2) {
            case "28": .credentials
            case "08": .lost
            default: nil
            }
        }
    }

    /// The code in a message such as `… failed: FATAL:  28P01: password authentication failed`, and the rest of it.
    static func split(_ message: String) -> (code: String?, text: String) {
        let text = tidy(message)
        let bytes = Array(text.utf8)
        let isDigit = { (byte: UInt8) in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        }
        // `:`, two blanks, five characters, `:` and a blank.
        for start in bytes.indices where bytes.count - start >= 10 && bytes[start] == UInt8(ascii: ":") {
            let code = bytes[(start + 3)..<(start + 8)]
            guard bytes[start + 1] == UInt8(ascii: " "), bytes[start + 2] == UInt8(ascii: " "),
                code.allSatisfy(isDigit), bytes[start + 8] == UInt8(ascii: ":")
            else { continue }
            let rest = bytes[..<(start + 2)] + bytes[(start + 10)...]
            return (String(decoding: code, as: UTF8.self), String(decoding: rest, as: UTF8.self))
        }
        return (nil, text)
    }

    /// The lines that tell something, as one.
    private static func tidy(_ message: String) -> String {
        message.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "\t" } }
            .filter { line in !["LOCATION:", "HINT:", "DETAIL:"].contains { line.hasPrefix($0) } }
            .joined(separator: "; ")
    }
}
