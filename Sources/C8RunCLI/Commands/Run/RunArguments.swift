/// Everything that the command line says about a run, as plain values.
struct RunArguments: Sendable, Equatable {
    /// `c8run repl`: lines are read and run one after another.
    var isRepl = false
    /// The values of `-e`, in order.
    var code: [String] = []
    var usesEmulator = false
    var dryRun = false
    var grants = RunGrants()
    /// `--permissions`: a file with further grants.
    var permissionsFile: String?
    /// `--require-kernel-sandbox`.
    var requiresKernelSandbox = false
    /// Bytes; nil for the default.
    var maximumMemory: Int?
    var timeout: Duration?
    var maximumInstructions: Int64?
    /// Bytes; nil for the default.
    var maximumOutput: Int?
    /// `--input`: JSON text for the script's flows.
    var input: String?
    var progress = ProgressChoice.auto
    /// `--metrics`: where to write them.
    var metricsFile: String?
    /// `--record`: where to write the run's traffic.
    var recordFile: String?
    /// `--replay`: what answers in place of the network.
    var replayFile: String?
    var platform = ConfigurationRequest()
    var output = OutputSettings()
    /// The script and its arguments, or with `-e` the arguments alone.
    var positionals: [String] = []

    /// What is recorded must come from somewhere.
    func checkRecordings() throws(UsageError) {
        guard recordFile != nil, replayFile != nil else { return }
        throw UsageError(.recordOrReplay)
    }

    /// Options that the emulator would leave without effect are refused rather than ignored.
    func checkEmulator() throws(UsageError) {
        guard usesEmulator else { return }
        let others = [
            ("--profile", platform.profile != nil), ("--config", platform.file != nil),
            ("--base-url", platform.baseURL != nil), ("--allow-insecure-http", platform.allowInsecureHTTP),
        ]
        for (name, isGiven) in others where isGiven {
            throw UsageError(.bringsItsOwn, ["option": name])
        }
    }
}
