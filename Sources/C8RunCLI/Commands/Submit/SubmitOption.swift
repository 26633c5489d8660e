import C8Queue

/// An option that `c8run submit` has and `c8run run` has not: its name, and what it does to the arguments.
struct SubmitOption: Sendable {
    /// The name with its dashes.
    let name: String
    /// What the value is, for messages; nil where the option takes none.
    let meaning: Message?
    /// False: the value is not `meaning`.
    let set: @Sendable (inout SubmitArguments, String) -> Bool

    private static func value(
        _ name: String, _ meaning: ValueMessage, _ set: @escaping @Sendable (inout SubmitArguments, String) -> Bool
    ) -> SubmitOption {
        SubmitOption(name: name, meaning: meaning.message, set: set)
    }

    static let all: [SubmitOption] = [
        value("--id", .jobName) { arguments, text in
            arguments.id = text
            return (try? JobID(text)) != nil
        },
        value("--at", .moment) { arguments, text in
            arguments.at = JobMoment(text)
            return arguments.at != nil
        },
        value("--cron", .cron) { arguments, text in
            arguments.cron = text
            return !text.isEmpty
        },
        value("--zone", .zone) { arguments, text in
            arguments.zone = text
            return !text.isEmpty
        },
        value("--priority", .priority) { arguments, text in
            guard let number = Int(text), JobLimits.priorities.contains(number) else { return false }
            arguments.priority = number
            return true
        },
        value("--tag", .jobName) { arguments, text in
            arguments.tag = text
            return (try? JobID(text)) != nil
        },
        value("--attempts", .attempts) { arguments, text in
            guard let number = Int(text), JobLimits.attempts.contains(number) else { return false }
            arguments.mostAttempts = number
            return true
        },
        SubmitOption(name: "--json", meaning: nil) { arguments, _ in
            arguments.json = true
            return true
        },
    ]

    /// Options of `run` that mean nothing to a submission, and what to do instead.
    static let foreign: [String: UsageMessage] = [
        "--emulator": .submitEmulator, "--dry-run": .submitDryRun, "--metrics": .submitWorker,
        "--progress": .submitProgress, "--record": .submitRecord, "--replay": .submitRecord,
        "--require-kernel-sandbox": .submitWorker, "--bindings": .submitBindings,
    ]
}
