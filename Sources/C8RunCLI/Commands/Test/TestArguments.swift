import C8RunTesting

/// Everything that the command line says about a run of tests, as plain values.
struct TestArguments: Sendable, Equatable {
    /// What tests have in common with scripts; its positionals are not used.
    var run = RunArguments()
    /// Files and folders, as they were given.
    var paths: [String] = []
    var filter: String?
    var listsOnly = false
    /// Files at a time; nil for one for each processor.
    var jobs: Int?
    var failFast = false
    var shuffleSeed: UInt64?
    var format = TestReport.text
    /// `--output`.
    var reportFile: String?
    /// `--coverage`.
    var coverageFile: String?

    /// Whether the operator has named a platform for the tests to call.
    var namesPlatform: Bool {
        run.platform.profile != nil || run.platform.file != nil || run.platform.baseURL != nil
    }
}
