/// A language that c8run speaks to its operators: in help, advice and the words around an error. What comes from deeper
/// rooms, and the log, stays English: it is searched for and parsed.
enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case chinese = "zh"

    /// The language of whatever is told in this task. `Main` binds the process's.
    @TaskLocal static var current = Language.english

    /// Reads `zh`, `zh_CN.UTF-8`, `en-GB` and their like; nil for other languages.
    init?(tag: String) {
        let word = tag.prefix { $0.isASCII && $0.isLetter }.lowercased()
        guard let language = Language(rawValue: word) else { return nil }
        self = language
    }

    /// The language of the locale, by the variables that count for messages in their order (POSIX, chapter 8.2).
    static func ofLocale(_ environment: EnvironmentLookup) -> Language {
        let tag = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(environment).first
        return tag.flatMap { Language(tag: $0) } ?? .english
    }
}
