import C8Platform

/// Finds out what a command line asks for, before the argument parser sees it.
///
/// Options of `run` end at the script; all behind it belongs to the script. The argument parser knows no such rule, so
/// `run` is read here, and everything else goes to the parser.
struct CommandLineReader: Sendable {
    enum Reading: Sendable, Equatable {
        case run(RunArguments)
        case test(TestArguments)
        case submit(SubmitArguments)
        case worker(WorkerArguments)
        /// Arguments for the argument parser.
        case parser([String])
        /// The help of the command that these words lead to, after `c8run`. Where they are not all there is (`api call x
        /// --help`), of the command that the first of them lead to.
        case help([String], isExact: Bool)
        /// The manual page.
        case manual
    }

    /// What this version of c8run understands.
    static let standard = CommandLineReader(commands: RootCommand.commandNames, options: RunOption.all)

    /// The words that are commands when they stand first.
    var commands: [String]
    var options: [RunOption]

    private static let rootOptions = [
        "--version", "--generate-completion-script", "--experimental-dump-help",
    ]

    /// - Parameter arguments: the process's arguments without the program's name.
    /// - Throws: `UsageError` for a mistake before the script.
    func read(_ arguments: [String]) throws(UsageError) -> Reading {
        var arguments = arguments[...]
        try Self.dropLanguage(&arguments)
        guard let first = arguments.first else { return .parser([]) }
        if Self.isHelp(first) { return .help([], isExact: true) }
        if first == "help" { return .help(try Self.helpWords(arguments.dropFirst()), isExact: true) }
        if first == "--generate-manual" { return .manual }
        // The parser calls itself back for completions with three dashes.
        if Self.rootOptions.contains(first) || first.hasPrefix("---completion") {
            return .parser(Array(arguments))
        }
        if first == "run" { return try readRun(arguments.dropFirst()) }
        guard commands.contains(first) else { return try readRun(arguments) }
        if first == "submit" { return try readSubmit(arguments.dropFirst()) }
        if arguments.prefix(while: { $0 != "--" }).contains(where: Self.isHelp) {
            return .help(Array(arguments.prefix { !$0.hasPrefix("-") }), isExact: false)
        }
        if first == "repl" { return try readRun(arguments.dropFirst(), isRepl: true) }
        if first == "test" { return try readTest(arguments.dropFirst()) }
        if first == "worker" { return try readWorker(arguments.dropFirst()) }
        return .parser(Array(arguments))
    }

    /// The command that help is asked for; `--lang` may stand anywhere among the words.
    private static func helpWords(_ arguments: ArraySlice<String>) throws(UsageError) -> [String] {
        var words: [String] = []
        var rest = arguments
        while let first = rest.first {
            try dropLanguage(&rest)
            if rest.first == first {
                rest = rest.dropFirst()
                if !first.hasPrefix("-") { words.append(first) }
            }
        }
        return words
    }

    static func isHelp(_ argument: String) -> Bool { argument == "-h" || argument == "--help" }

    private func readRun(_ arguments: ArraySlice<String>, isRepl: Bool = false) throws(UsageError) -> Reading {
        var run = RunArguments()
        run.isRepl = isRepl
        var rest = arguments
        while let argument = rest.first {
            if argument == "-" || !argument.hasPrefix("-") { break }
            rest.removeFirst()
            if argument == "--" { break }
            if Self.isHelp(argument) { return .help([isRepl ? "repl" : "run"], isExact: true) }
            if argument == "--version" { return .parser(["--version"]) }
            try apply(argument, rest: &rest, to: &run)
        }
        run.positionals = Array(rest)
        return .run(run)
    }

    /// Options of `test` may stand before, behind and between its paths.
    private func readTest(_ arguments: ArraySlice<String>) throws(UsageError) -> Reading {
        var test = TestArguments()
        var rest = arguments
        while let argument = rest.popFirst() {
            if argument == "--" { break }
            if !argument.hasPrefix("-") {
                test.paths.append(argument)
                continue
            }
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let (name, value) = (parts[0], parts.count == 2 ? parts[1] : nil)
            if let remedy = TestOption.foreign[name] {
                throw UsageError(.foreignToTest, ["option": name, "remedy": remedy.text])
            }
            guard let option = TestOption.all.first(where: { $0.name == name }) else {
                try apply(argument, rest: &rest, to: &test.run, further: TestOption.all.map(\.name))
                continue
            }
            guard let meaning = option.meaning else {
                if value != nil { throw UsageError(.takesNoValue, ["option": name]) }
                _ = option.set(&test, "")
                continue
            }
            guard let given = value ?? rest.popFirst() else {
                throw UsageError(.needs, ["option": name, "meaning": meaning.text])
            }
            if !option.set(&test, given) { throw UsageError(name, value: given, isNot: meaning) }
        }
        test.paths += rest
        return .test(test)
    }

    /// A worker has options alone.
    private func readWorker(_ arguments: ArraySlice<String>) throws(UsageError) -> Reading {
        var worker = WorkerArguments()
        var rest = arguments
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("-") else {
                throw UsageError(.workerTakesNoScript, ["word": argument])
            }
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let (name, value) = (parts[0], parts.count == 2 ? parts[1] : nil)
            if let remedy = WorkerOption.foreign[name] {
                throw UsageError(.foreignToWorker, ["option": name, "remedy": remedy.text])
            }
            guard let option = WorkerOption.all.first(where: { $0.name == name }) else {
                try apply(argument, rest: &rest, to: &worker.run, further: WorkerOption.all.map(\.name))
                continue
            }
            guard let meaning = option.meaning else {
                if value != nil { throw UsageError(.takesNoValue, ["option": name]) }
                _ = option.set(&worker, "")
                continue
            }
            guard let given = value ?? rest.popFirst() else {
                throw UsageError(.needs, ["option": name, "meaning": meaning.text])
            }
            if !option.set(&worker, given) { throw UsageError(name, value: given, isNot: meaning) }
        }
        return .worker(worker)
    }

    /// - Parameter further: names that a misspelt option may have meant, besides those of `run`.
    func apply(
        _ argument: String, rest: inout ArraySlice<String>, to run: inout RunArguments, further: [String] = []
    ) throws(UsageError) {
        var name = argument
        var value: String?
        if let option = options.first(where: { $0.isShort && $0.takesValue && argument.hasPrefix($0.name) }),
            argument.utf8.count > option.name.utf8.count
        {
            // `-eCODE`, as Lua's own interpreter takes it.
            name = option.name
            value = String(argument.dropFirst(name.count))
        } else if argument.hasPrefix("--"), let equals = argument.firstIndex(of: "=") {
            name = String(argument[..<equals])
            value = String(argument[argument.index(after: equals)...])
        }
        guard let option = options.first(where: { $0.name == name }) else { throw unknown(name, further) }

        switch option.effect {
        case .flag(let set):
            if value != nil { throw UsageError(.takesNoValue, ["option": name]) }
            set(&run)
        case .grant(let set):
            guard let value else { return set(&run.grants, .all) }
            if value.isEmpty {
                throw UsageError(.namesNothing, ["option": name])
            }
            guard let list = GrantList(value) else {
                throw UsageError(.emptyName, ["option": name, "value": value])
            }
            set(&run.grants, list)
        case .value(let meaning, let set):
            guard let given = value ?? rest.popFirst() else {
                throw UsageError(.needs, ["option": name, "meaning": meaning.text])
            }
            if !set(&run, given) { throw UsageError(name, value: given, isNot: meaning) }
        }
    }

    private func unknown(_ name: String, _ further: [String]) -> UsageError {
        let names = options.filter { !$0.isShort }.map(\.name) + further + ["--help", "--version"]
        // Any two short options are alike; a proposal would be a guess.
        return UsageError(
            .unknownOption, ["option": name],
            nearest: name.hasPrefix("--") ? NearestNames.find(name, among: names, limit: 1).first : nil)
    }
}
