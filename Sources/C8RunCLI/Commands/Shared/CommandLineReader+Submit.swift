extension CommandLineReader {
    /// Options of `submit` end at the script, as those of `run` do.
    func readSubmit(_ arguments: ArraySlice<String>) throws(UsageError) -> Reading {
        var submit = SubmitArguments()
        var rest = arguments
        while let argument = rest.first {
            if argument == "-" || !argument.hasPrefix("-") { break }
            rest.removeFirst()
            if argument == "--" { break }
            if Self.isHelp(argument) { return .help(["submit"], isExact: true) }
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let (name, value) = (parts[0], parts.count == 2 ? parts[1] : nil)
            if let remedy = SubmitOption.foreign[name] {
                throw UsageError(.foreignToSubmit, ["option": name, "remedy": remedy.text])
            }
            guard let option = SubmitOption.all.first(where: { $0.name == name }) else {
                try apply(argument, rest: &rest, to: &submit.run, further: SubmitOption.all.map(\.name))
                continue
            }
            guard let meaning = option.meaning else {
                if value != nil { throw UsageError(.takesNoValue, ["option": name]) }
                _ = option.set(&submit, "")
                continue
            }
            guard let given = value ?? rest.popFirst() else {
                throw UsageError(.needs, ["option": name, "meaning": meaning.text])
            }
            if !option.set(&submit, given) { throw UsageError(name, value: given, isNot: meaning) }
        }
        submit.run.positionals = Array(rest)
        return .submit(submit)
    }
}
