import C8RunTesting

/// An option that `c8run test` has and `c8run run` has not: its name, and what it does to the arguments.
struct TestOption: Sendable {
    /// The name with its dashes.
    let name: String
    /// What the value is, for messages; nil where the option takes none.
    let meaning: Message?
    /// False: the value is not `meaning`.
    let set: @Sendable (inout TestArguments, String) -> Bool

    private static func flag(_ name: String, _ set: @escaping @Sendable (inout TestArguments) -> Void) -> TestOption {
        TestOption(name: name, meaning: nil) { arguments, _ in
            set(&arguments)
            return true
        }
    }

    private static func value(
        _ name: String, _ meaning: Message, _ set: @escaping @Sendable (inout TestArguments, String) -> Bool
    ) -> TestOption {
        TestOption(name: name, meaning: meaning, set: set)
    }

    static let all: [TestOption] = [
        value("--filter", ValueMessage.text.message) { arguments, text in
            arguments.filter = text
            return true
        },
        flag("--list") { $0.listsOnly = true },
        value("--jobs", ValueMessage.jobs.message) { arguments, text in
            arguments.jobs = Int(text).flatMap { (1...256).contains($0) ? $0 : nil }
            return arguments.jobs != nil
        },
        flag("--fail-fast") { $0.failFast = true },
        value("--shuffle", ValueMessage.fromZero.message) { arguments, text in
            arguments.shuffleSeed = UInt64(text)
            return arguments.shuffleSeed != nil
        },
        value("--format", ValueMessage.testFormat.message) { arguments, text in
            guard let format = TestReport(rawValue: text) else { return false }
            arguments.format = format
            return true
        },
        value("--output", ValueMessage.file.message) { arguments, text in
            arguments.reportFile = text
            return true
        },
        value("--coverage", ValueMessage.file.message) { arguments, text in
            arguments.coverageFile = text
            return true
        },
    ]

    /// Options of `run` that mean nothing to tests, and what to do instead.
    static let foreign: [String: UsageMessage] = [
        "-e": .testCode, "--emulator": .testEmulator, "--input": .testInput, "--metrics": .testMetrics,
        "--progress": .testProgress,
    ]
}
