import C8Platform

/// An option of `c8run run`: its name, and what it does to the arguments.
///
/// `run` is read from this table and not by the argument parser, whose declarations in `RunOptions` are for its help and
/// completions: parsing by reflection takes longer than all the rest of a short script. A test holds the two together.
struct RunOption: Sendable {
    /// How a value follows the name.
    enum Effect: Sendable {
        case flag(@Sendable (inout RunArguments) -> Void)
        /// False from the closure: the value is not `meaning`.
        case value(_ meaning: Message, @Sendable (inout RunArguments, String) -> Bool)
        /// `--name` for all, or `--name=A,B`; never the next argument.
        case grant(_ path: @Sendable (inout RunGrants, GrantList) -> Void)
    }

    /// The name with its dashes.
    let name: String
    let effect: Effect

    var isShort: Bool { !name.hasPrefix("--") }

    var takesValue: Bool {
        if case .value = effect { return true }
        return false
    }

    private static func flag(_ name: String, _ set: @escaping @Sendable (inout RunArguments) -> Void) -> RunOption {
        RunOption(name: name, effect: .flag(set))
    }

    private static func value(
        _ name: String, _ meaning: Message, _ set: @escaping @Sendable (inout RunArguments, String) -> Bool
    ) -> RunOption {
        RunOption(name: name, effect: .value(meaning, set))
    }

    private static func text(
        _ name: String, _ meaning: Message, _ set: @escaping @Sendable (inout RunArguments, String) -> Void
    ) -> RunOption {
        value(name, meaning) { arguments, text in
            set(&arguments, text)
            return true
        }
    }

    private static func grant(
        _ name: String, _ set: @escaping @Sendable (inout RunGrants, GrantList) -> Void
    ) -> RunOption {
        RunOption(name: name, effect: .grant(set))
    }

    static let all: [RunOption] = [
        text("-e", ValueMessage.code.message) { $0.code.append($1) },
        flag("--emulator") { $0.usesEmulator = true },
        text("--profile", ValueMessage.profile.message) { $0.platform.profile = $1 },
        text("--config", ValueMessage.file.message) { $0.platform.file = $1 },
        text("--base-url", ValueMessage.url.message) { $0.platform.baseURL = $1 },
        text("--bindings", ValueMessage.file.message) { $0.platform.bindings.append($1) },
        flag("--allow-insecure-http") { $0.platform.allowInsecureHTTP = true },
        flag("--dry-run") { $0.dryRun = true },
        grant("--allow-read") { $0.read = .union($0.read, $1) },
        grant("--allow-write") { $0.write = .union($0.write, $1) },
        grant("--allow-net") { $0.net = .union($0.net, $1) },
        grant("--allow-env") { $0.environment = .union($0.environment, $1) },
        grant("--deny-read") { $0.denyRead = .union($0.denyRead, $1) },
        grant("--deny-write") { $0.denyWrite = .union($0.denyWrite, $1) },
        grant("--deny-net") { $0.denyNet = .union($0.denyNet, $1) },
        grant("--deny-env") { $0.denyEnvironment = .union($0.denyEnvironment, $1) },
        flag("--allow-token") { $0.grants.token = true },
        flag("--allow-all") { $0.grants.allowAll() },
        flag("-A") { $0.grants.allowAll() },
        text("--permissions", ValueMessage.file.message) { $0.permissionsFile = $1 },
        flag("--require-kernel-sandbox") { $0.requiresKernelSandbox = true },
        value("--max-memory", ValueMessage.size.message) { arguments, text in
            arguments.maximumMemory = ByteSizeText.parse(text)
            return arguments.maximumMemory != nil
        },
        value("--timeout", ValueMessage.duration.message) { arguments, text in
            guard let duration = DurationText.parse(text), duration > .zero else { return false }
            arguments.timeout = duration
            return true
        },
        value("--max-instructions", ValueMessage.fromOne.message) { arguments, text in
            guard let count = Int64(text), count >= 1 else { return false }
            arguments.maximumInstructions = count
            return true
        },
        value("--max-output", ValueMessage.size.message) { arguments, text in
            arguments.maximumOutput = ByteSizeText.parse(text)
            return arguments.maximumOutput != nil
        },
        value("--input", ValueMessage.json.message) { arguments, text in
            guard let value = try? JSONParser.parse(Array(text.utf8)) else { return false }
            // The same input in another spelling is the same input.
            arguments.input = (try? JSONSerializer.serialize(value)).map { String(decoding: $0, as: UTF8.self) }
            return arguments.input != nil
        },
        text("--metrics", ValueMessage.file.message) { $0.metricsFile = $1 },
        text("--record", ValueMessage.file.message) { $0.recordFile = $1 },
        text("--replay", ValueMessage.file.message) { $0.replayFile = $1 },
        value("--log-level", LogLevelArgument.rule) { arguments, text in
            arguments.output.logLevel = LogLevelArgument(argument: text)?.level
            return arguments.output.logLevel != nil
        },
        value("--log-format", ValueMessage.logFormat.message) { arguments, text in
            guard let format = LogFormat(rawValue: text) else { return false }
            arguments.output.logFormat = format
            return true
        },
        value("--progress", ValueMessage.progress.message) { arguments, text in
            guard let choice = ProgressChoice(rawValue: text) else { return false }
            arguments.progress = choice
            return true
        },
        value(CommandLineReader.languageOption, ValueMessage.language.message) { _, text in
            // `Main` has read it already.
            Language(tag: text) != nil
        },
        value("--color", ValueMessage.color.message) { arguments, text in
            guard let color = ColorChoice(rawValue: text) else { return false }
            arguments.output.color = color
            return true
        },
    ]
}
