extension CommandLineReader {
    static let languageOption = "--lang"
    /// What the option takes, for messages.
    static let languageRule = "en or zh"

    /// The language that a command line asks for; nil where it names none. Read before all else, since help and the
    /// command tree are made in it; a wrong value is told when the option is read.
    func language(of arguments: [String]) -> Language? {
        var rest = arguments[...]
        var language = Self.takeLanguage(&rest).flatMap { Language(tag: $0) }
        let isRun = rest.first.map { $0 == "run" || !commands.contains($0) } ?? true
        if rest.first == "run" { rest.removeFirst() }
        while let argument = rest.first, argument != "--" {
            if let given = Self.takeLanguage(&rest) {
                language = Language(tag: given)
                continue
            }
            rest.removeFirst()
            guard isRun else { continue }
            // All behind the script is the script's.
            if argument == "-" || !argument.hasPrefix("-") { break }
            if options.contains(where: { $0.name == argument && $0.takesValue }) { rest = rest.dropFirst() }
        }
        return language
    }

    /// `--lang` before a command holds for each of them.
    static func dropLanguage(_ arguments: inout ArraySlice<String>) throws(UsageError) {
        while let given = Self.takeLanguage(&arguments) {
            guard Language(tag: given) != nil else {
                throw UsageError("the value \"\(given)\" of \(Self.languageOption) is not \(Self.languageRule)")
            }
        }
    }

    /// Takes `--lang VALUE` or `--lang=VALUE` away from the front.
    private static func takeLanguage(_ arguments: inout ArraySlice<String>) -> String? {
        guard let first = arguments.first else { return nil }
        if first == languageOption, arguments.count > 1 {
            defer { arguments = arguments.dropFirst(2) }
            return arguments[arguments.startIndex + 1]
        }
        guard first.hasPrefix(languageOption + "=") else { return nil }
        arguments = arguments.dropFirst()
        return String(first.dropFirst(languageOption.count + 1))
    }
}
