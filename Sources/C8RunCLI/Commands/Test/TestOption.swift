import C8RunTesting

/// An option that `c8run test` has and `c8run run` has not: its name, and what it does to the arguments.
struct TestOption: Sendable {
    /// The name with its dashes.
    let name: String
    /// What the value is, for messages; nil where the option takes none.
    let meaning: String?
    /// False: the value is not `meaning`.
    let set: @Sendable (inout TestArguments, String) -> Bool

    private static func flag(_ name: String, _ set: @escaping @Sendable (inout TestArguments) -> Void) -> TestOption {
        TestOption(name: name, meaning: nil) { arguments, _ in
            set(&arguments)
            return true
        }
    }

    private static func value(
        _ name: String, _ meaning: String, _ set: @escaping @Sendable (inout TestArguments, String) -> Bool
    ) -> TestOption {
        TestOption(name: name, meaning: meaning, set: set)
    }

    static let all: [TestOption] = [
        value("--filter", "a text") { arguments, text in
            arguments.filter = text
            return true
        },
        flag("--list") { $0.listsOnly = true },
        value("--jobs", "a whole number from 1 to 256") { arguments, text in
            arguments.jobs = Int(text).flatMap { (1...256).contains($0) ? $0 : nil }
            return arguments.jobs != nil
        },
        flag("--fail-fast") { $0.failFast = true },
        value("--shuffle", "a whole number from 0") { arguments, text in
            arguments.shuffleSeed = UInt64(text)
            return arguments.shuffleSeed != nil
        },
        value("--format", "text, tap or junit") { arguments, text in
            guard let format = TestReport(rawValue: text) else { return false }
            arguments.format = format
            return true
        },
        value("--output", "a file") { arguments, text in
            arguments.reportFile = text
            return true
        },
        value("--coverage", "a file") { arguments, text in
            arguments.coverageFile = text
            return true
        },
    ]

    /// Options of `run` that mean nothing to tests, and what to do instead.
    static let foreign: [String: String] = [
        "-e": "put the code into a file", "--emulator": "tests have an emulator unless another platform is named",
        "--input": "give input to test.run", "--metrics": "it is for a script's run",
        "--progress": "what scripts show is not shown in tests",
    ]
}
