import C8Listener

/// An option that `c8run worker` has and `c8run run` has not: its name, and what it does to the arguments.
struct WorkerOption: Sendable {
    /// The name with its dashes.
    let name: String
    /// What the value is, for messages; nil where the option takes none.
    let meaning: Message?
    /// False: the value is not `meaning`.
    let set: @Sendable (inout WorkerArguments, String) -> Bool

    private static func flag(
        _ name: String, _ set: @escaping @Sendable (inout WorkerArguments) -> Void
    ) -> WorkerOption {
        WorkerOption(name: name, meaning: nil) { arguments, _ in
            set(&arguments)
            return true
        }
    }

    private static func value(
        _ name: String, _ meaning: Message, _ set: @escaping @Sendable (inout WorkerArguments, String) -> Bool
    ) -> WorkerOption {
        WorkerOption(name: name, meaning: meaning, set: set)
    }

    private static func seconds(_ text: String, from least: Double) -> Double? {
        guard let duration = DurationText.parse(text) else { return nil }
        let seconds = duration / .seconds(1)
        return seconds >= least && seconds <= 86_400 ? seconds : nil
    }

    static let all: [WorkerOption] = [
        value("--concurrency", ValueMessage.jobs.message) { arguments, text in
            guard let count = Int(text), (1...256).contains(count) else { return false }
            arguments.concurrency = count
            return true
        },
        value("--tag", ValueMessage.text.message) { arguments, text in
            guard !text.isEmpty else { return false }
            arguments.tags.append(text)
            return true
        },
        value("--listen", ValueMessage.listen.message) { arguments, text in
            arguments.listen = try? ListenerAddress(parsing: text)
            return arguments.listen != nil
        },
        value("--drain", ValueMessage.duration.message) { arguments, text in
            guard let seconds = seconds(text, from: 0) else { return false }
            arguments.drain = seconds
            return true
        },
        value("--poll", ValueMessage.duration.message) { arguments, text in
            guard let seconds = seconds(text, from: 0.01) else { return false }
            arguments.poll = seconds
            return true
        },
        flag("--once") { $0.once = true },
        flag("--until-empty") { $0.untilEmpty = true },
    ]

    /// Options of `run` that mean nothing to a worker, and what to do instead.
    static let foreign: [String: UsageMessage] = [
        "-e": .workerScript, "--input": .workerScript, "--progress": .workerProgress, "--record": .workerRecording,
        "--replay": .workerRecording, "--dry-run": .workerDryRun,
    ]
}
