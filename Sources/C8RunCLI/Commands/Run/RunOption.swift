/// An option of `c8run run`, as far as finding the script among the arguments needs it.
///
/// A test holds this table and the parser's declarations together.
struct RunOption: Sendable {
    /// How a value follows the name.
    enum Arity: Sendable {
        case flag
        case value
        /// `--name` for all, or `--name=A,B`; never the next argument.
        case optionalList
    }

    /// The name with its dashes.
    var name: String
    var arity: Arity
    /// What the value is, for the message that it is missing.
    var meaning = "a value"

    var isShort: Bool { !name.hasPrefix("--") }
    var takesValue: Bool { arity == .value }

    static let all: [RunOption] = [
        RunOption(name: "-e", arity: .value, meaning: "the code to run"),
        RunOption(name: "--emulator", arity: .flag),
        RunOption(name: "--profile", arity: .value, meaning: "the name of a profile"),
        RunOption(name: "--config", arity: .value, meaning: "a file"),
        RunOption(name: "--base-url", arity: .value, meaning: "a URL"),
        RunOption(name: "--bindings", arity: .value, meaning: "a file"),
        RunOption(name: "--allow-insecure-http", arity: .flag),
        RunOption(name: "--dry-run", arity: .flag),
        RunOption(name: "--allow-env", arity: .optionalList),
        RunOption(name: "--allow-token", arity: .flag),
        RunOption(name: "--allow-all", arity: .flag),
        RunOption(name: "-A", arity: .flag),
        RunOption(name: "--max-memory", arity: .value, meaning: ByteSizeText.rule),
        RunOption(name: "--timeout", arity: .value, meaning: DurationText.rule),
        RunOption(name: "--max-instructions", arity: .value, meaning: "a number"),
        RunOption(name: "--log-level", arity: .value, meaning: "a level"),
        RunOption(name: "--log-format", arity: .value, meaning: "text or json"),
        RunOption(name: "--color", arity: .value, meaning: "auto, always or never"),
    ]

    /// Options that are designed but not built; naming them is better than a hint at some other option.
    static let planned: Set<String> = [
        "--allow-read", "--allow-write", "--allow-net", "--deny-read", "--deny-write", "--deny-net", "--deny-env",
        "--record", "--replay", "--progress", "--metrics",
    ]
}
