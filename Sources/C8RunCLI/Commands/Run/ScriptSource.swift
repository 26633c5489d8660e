/// What is to be run: a file, standard input, or code from the command line.
enum ScriptSource: Sendable, Equatable {
    case file(String)
    case standardInput
    case code(String)

    /// Splits what stands behind the options into the script and its arguments.
    ///
    /// - Parameters:
    ///   - code: the values of `-e`, which are run one after the other as one chunk; all positionals are then arguments.
    ///   - positionals: the script and its arguments.
    static func split(
        code: [String], positionals: [String]
    ) throws(UsageError) -> (source: ScriptSource, arguments: [String]) {
        if var text = code.first {
            // Not `joined`, which looks through all conformances of the program.
            for more in code.dropFirst() { text += "\n" + more }
            return (.code(text), positionals)
        }
        guard let first = positionals.first else {
            throw UsageError(.noScript)
        }
        let arguments = Array(positionals.dropFirst())
        return first == "-" ? (.standardInput, arguments) : (.file(first), arguments)
    }
}
