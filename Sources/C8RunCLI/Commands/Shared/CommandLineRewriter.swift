import C8Platform

/// Brings what people type into the form that the argument parser can read.
///
/// Three things are beyond the parser, and are done here alone: `run` may be left out; options after the script belong to
/// the script, whatever they look like; and `--allow-env` may stand with or without a list.
struct CommandLineRewriter: Sendable {
    /// The commands that may stand first.
    var commands: [String]
    /// The options of `run`.
    var options: [RunOption]

    /// What `--allow-env` without a list becomes. No argument of a process can hold a NUL, so nobody can type it.
    static let everything = "\0"

    /// Options of the root command, which the parser handles itself.
    private static let rootOptions = [
        "-h", "--help", "--help-hidden", "--version", "--generate-completion-script", "--experimental-dump-help",
    ]

    /// The arguments for the parser.
    ///
    /// For `run` the result is `run`, the options in the form `--name=value`, `--`, and the script with its arguments.
    ///
    /// - Parameter arguments: the process's arguments without the program's name.
    /// - Throws: `UsageError` for an option before the script that `run` does not have.
    func rewrite(_ arguments: [String]) throws(UsageError) -> [String] {
        guard let first = arguments.first else { return [] }
        // The parser calls itself back for completions with three dashes.
        if CommandLineRewriter.rootOptions.contains(first) || first.hasPrefix("---completion") { return arguments }
        if first == "run" { return try rewriteRun(arguments.dropFirst()) }
        if commands.contains(first) { return arguments }
        return try rewriteRun(arguments[...])
    }

    private func rewriteRun(_ arguments: ArraySlice<String>) throws(UsageError) -> [String] {
        var result = ["run"]
        var rest = arguments
        while let argument = rest.first {
            if argument == "-" || !argument.hasPrefix("-") { break }
            rest.removeFirst()
            if argument == "--" { break }
            if argument == "-h" || argument == "--help" { return ["run", "--help"] }
            if argument == "--version" { return ["--version"] }
            result.append(contentsOf: try rewriteOption(argument, rest: &rest))
        }
        return result + ["--"] + rest
    }

    private func rewriteOption(
        _ argument: String, rest: inout ArraySlice<String>
    ) throws(UsageError) -> [String] {
        var name = argument
        var value: String?
        if let option = options.first(where: { $0.isShort && $0.takesValue && argument.hasPrefix($0.name) }),
            argument.count > option.name.count
        {
            // `-eCODE`, as Lua's own interpreter takes it.
            name = option.name
            value = String(argument.dropFirst(name.count))
        } else if argument.hasPrefix("--"), let equals = argument.firstIndex(of: "=") {
            name = String(argument[..<equals])
            value = String(argument[argument.index(after: equals)...])
        }
        guard let option = options.first(where: { $0.name == name }) else { throw unknown(name) }

        switch option.arity {
        case .flag:
            if value != nil { throw UsageError("the option \(name) takes no value") }
            return [name]
        case .optionalList:
            if value == "" {
                throw UsageError("the option \(name)= names nothing: leave the = out to grant everything")
            }
            return [name + "=" + (value ?? CommandLineRewriter.everything)]
        case .value:
            guard let given = value ?? rest.popFirst() else {
                throw UsageError("the option \(name) needs \(option.meaning)")
            }
            return option.isShort ? [name, given] : [name + "=" + given]
        }
    }

    private func unknown(_ name: String) -> UsageError {
        if RunOption.planned.contains(name) {
            return UsageError("the option \(name) is not in this version of c8run")
        }
        let names = options.filter { !$0.isShort }.map(\.name) + ["--help", "--version"]
        // Any two short options are alike; a proposal would be a guess.
        let hint = name.hasPrefix("--") ? NearestNames.hint(name, among: names, limit: 1) : ""
        return UsageError("unknown option \(name)\(hint)")
    }
}
