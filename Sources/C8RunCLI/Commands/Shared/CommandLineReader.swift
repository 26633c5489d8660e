import C8Platform

/// Finds out what a command line asks for, before the argument parser sees it.
///
/// Options of `run` end at the script; all behind it belongs to the script. The argument parser knows no such rule, so
/// `run` is read here, and everything else goes to the parser.
struct CommandLineReader: Sendable {
    enum Reading: Sendable, Equatable {
        case run(RunArguments)
        /// Arguments for the argument parser.
        case parser([String])
    }

    /// The words that are commands when they stand first.
    var commands: [String]
    var options: [RunOption]

    private static let rootOptions: Set<String> = [
        "--version", "--help", "-h", "--generate-completion-script", "--experimental-dump-help",
    ]

    /// - Parameter arguments: the process's arguments without the program's name.
    /// - Throws: `UsageError` for a mistake before the script.
    func read(_ arguments: [String]) throws(UsageError) -> Reading {
        guard let first = arguments.first else { return .parser([]) }
        // The parser calls itself back for completions with three dashes.
        if Self.rootOptions.contains(first) || first.hasPrefix("---completion") { return .parser(arguments) }
        if first == "run" { return try readRun(arguments.dropFirst()) }
        if commands.contains(first) { return .parser(arguments) }
        return try readRun(arguments[...])
    }

    private func readRun(_ arguments: ArraySlice<String>) throws(UsageError) -> Reading {
        var run = RunArguments()
        var rest = arguments
        while let argument = rest.first {
            if argument == "-" || !argument.hasPrefix("-") { break }
            rest.removeFirst()
            if argument == "--" { break }
            if argument == "-h" || argument == "--help" { return .parser(["run", "--help"]) }
            if argument == "--version" { return .parser(["--version"]) }
            try apply(argument, rest: &rest, to: &run)
        }
        run.positionals = Array(rest)
        return .run(run)
    }

    private func apply(
        _ argument: String, rest: inout ArraySlice<String>, to run: inout RunArguments
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
        guard let option = options.first(where: { $0.name == name }) else { throw unknown(name) }

        switch option.effect {
        case .flag(let set):
            if value != nil { throw UsageError("the option \(name) takes no value") }
            set(&run)
        case .grant(let set):
            guard let value else { return set(&run.grants, .all) }
            if value.isEmpty {
                throw UsageError("the option \(name)= names nothing: leave the = out to grant everything")
            }
            guard let list = GrantList(value) else {
                throw UsageError("the option \(name)=\(value) has an empty name between its commas")
            }
            set(&run.grants, list)
        case .value(let meaning, let set):
            guard let given = value ?? rest.popFirst() else {
                throw UsageError("the option \(name) needs \(meaning)")
            }
            if !set(&run, given) { throw UsageError("the value \"\(given)\" of \(name) is not \(meaning)") }
        }
    }

    private func unknown(_ name: String) -> UsageError {
        let names = options.filter { !$0.isShort }.map(\.name) + ["--help", "--version"]
        // Any two short options are alike; a proposal would be a guess.
        let hint = name.hasPrefix("--") ? NearestNames.hint(name, among: names, limit: 1) : ""
        return UsageError("unknown option \(name)\(hint)")
    }
}
