import C8Run

extension SourceExcerpt {
    /// The line that an error of a script points at, from the script's own files alone.
    ///
    /// - Parameter sources: gives the text of a line.
    init?(_ error: ScriptError, line sources: (ScriptPlace) -> String?) {
        // Of a script's own words, only its own frames can lead somewhere.
        let spoken = ScriptPlace(frame: error.message)
        let frames = error.traceback.compactMap(ScriptPlace.init(frame:))
        let isOwn = spoken.map { spoken in error.kind == .compile || frames.contains { $0 == spoken } } ?? false
        guard let place = isOwn ? spoken : frames.first else { return nil }
        guard let line = sources(place) ?? (error.kind == .compile ? error.sourceLine : nil) else { return nil }
        let subject = Self.subject(of: error)
        self.init(place: place, line: line, subject: subject, atEnd: subject == "<eof>")
    }

    /// What the error speaks of: the operation, the name in Lua's `(field 'lines')`, or the word in `near 'end'`.
    private static func subject(of error: ScriptError) -> String? {
        if error.message.hasSuffix("near <eof>") { return "<eof>" }
        if let operation = error.operation, operation != "auth.get_token" { return operation }
        guard error.kind == .compile || error.kind == .runtime, let quoted = lastQuoted(error.message) else {
            return nil
        }
        let before = error.message.dropLast(quoted.tail.count)
        let words = [
            "near", "(local", "(global", "(field", "(method", "(upvalue", "(constant", "for iterator", "goto", "label",
        ]
        return words.contains { before.hasSuffix($0 + " ") } ? String(quoted.text) : nil
    }

    /// The text between the last two quotes, and everything from the first of them on.
    private static func lastQuoted(_ message: String) -> (text: Substring, tail: Substring)? {
        guard let end = message.lastIndex(of: "'") else { return nil }
        guard let start = message[..<end].lastIndex(of: "'") else { return nil }
        return (message[message.index(after: start)..<end], message[start...])
    }
}
