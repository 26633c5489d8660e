extension CommandLineReader {
    static let languageOption = "--lang"

    /// The language that a command line asks for; nil where it names none. Read before all else, since help and the
    /// command tree are made in it; a wrong value is told when the option is read.
    func language(of arguments: [String]) -> Language? {
        value(of: Self.languageOption, in: arguments).flatMap { Language(tag: $0) }
    }

    /// How errors are to be printed, for those of a command line that cannot be read as a whole.
    func logFormat(of arguments: [String]) -> LogFormat {
        value(of: "--log-format", in: arguments).flatMap { LogFormat(rawValue: $0) } ?? .text
    }

    /// The last value of an option that is c8run's own, as far as can be told without understanding the rest; nil where
    /// there is none.
    private func value(of name: String, in arguments: [String]) -> String? {
        var rest = arguments[...]
        var value: String?
        while let language = Self.take(Self.languageOption, from: &rest) {
            if name == Self.languageOption { value = language }
        }
        let isRun = rest.first.map { $0 == "run" || $0 == "submit" || !commands.contains($0) } ?? true
        if rest.first == "run" || rest.first == "submit" { rest.removeFirst() }
        while let argument = rest.first, argument != "--" {
            if let given = Self.take(name, from: &rest) {
                value = given
                continue
            }
            rest.removeFirst()
            guard isRun else { continue }
            // All behind the script is the script's.
            if argument == "-" || !argument.hasPrefix("-") { break }
            let takesValue =
                options.contains { $0.name == argument && $0.takesValue }
                || SubmitOption.all.contains { $0.name == argument && $0.meaning != nil }
            if takesValue { rest = rest.dropFirst() }
        }
        return value
    }

    /// `--lang` before a command holds for each of them.
    static func dropLanguage(_ arguments: inout ArraySlice<String>) throws(UsageError) {
        while let given = Self.take(languageOption, from: &arguments) {
            guard Language(tag: given) != nil else {
                throw UsageError(languageOption, value: given, isNot: ValueMessage.language.message)
            }
        }
    }

    /// Takes `--name VALUE` or `--name=VALUE` away from the front.
    private static func take(_ name: String, from arguments: inout ArraySlice<String>) -> String? {
        guard let first = arguments.first else { return nil }
        if first == name, arguments.count > 1 {
            defer { arguments = arguments.dropFirst(2) }
            return arguments[arguments.startIndex + 1]
        }
        guard first.hasPrefix(name + "=") else { return nil }
        arguments = arguments.dropFirst()
        return String(first.dropFirst(name.count + 1))
    }
}
