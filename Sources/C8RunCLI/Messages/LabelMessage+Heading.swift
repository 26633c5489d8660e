extension LabelMessage {
    /// The word above what it names: `Options:`.
    var heading: String { text + Self.colon }

    /// The word before what it names, on the same line: `hint: `. A Chinese colon brings its own space.
    var lead: String {
        switch Language.current {
        case .english: heading + " "
        case .chinese: heading
        }
    }

    /// What stands between a name and what is told of it.
    static var gap: String { Message(": ", "\u{FF1A}").text }

    static var colon: String { Message(":", "\u{FF1A}").text }
}
