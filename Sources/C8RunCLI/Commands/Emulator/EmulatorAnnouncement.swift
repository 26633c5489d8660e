import C8Run

/// What the emulator prints when it listens: comments for people, and `export` lines that a shell can take over.
struct EmulatorAnnouncement: Sendable {
    var baseURL: String
    var accessKey: String
    var secretKey: String
    /// Path of the bindings file.
    var bindings: String
    /// Seconds between two get-token calls.
    var tokenInterval: Double

    var text: String {
        var lines = [
            "# c8run emulator: listening until Control-C",
            "# base URL    \(baseURL)",
            "# access key  \(accessKey)",
            "# secret key  \(secretKey)",
            "# bindings    \(TerminalText.line(bindings))",
            "# For another terminal:",
            "export C8_BASE_URL=\(ShellText.quoted(baseURL))",
            "export C8_ACCESS_KEY=\(ShellText.quoted(accessKey))",
            "export C8_SECRET_KEY=\(ShellText.quoted(secretKey))",
            "export C8_BINDINGS=\(ShellText.quoted(bindings))",
        ]
        // A client that keeps the platform's minute would only wait for nothing, or ask too early.
        if tokenInterval != 60 { lines.append("export C8_TOKEN_INTERVAL=\(number(tokenInterval))") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// `2` for 2.0: a shell script may want to reckon with it.
    private func number(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? String(value) }
}
