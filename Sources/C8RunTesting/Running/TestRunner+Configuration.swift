public import C8Run
import Glibc

extension TestRunner {
    /// What tests may touch, which of them run, and how.
    public struct Configuration: Sendable {
        /// Grants and limits of the files' scripts, and of those that they run. Output, log, platform, flows and time are the
        /// runner's own.
        public var host: ScriptHost.Configuration
        /// The platform where a test starts no emulator itself; nil for an emulator.
        public var platform: (@Sendable () async throws -> PlatformConfiguration)?
        /// Bindings over those of the emulator.
        public var bindings: [PlatformConfiguration.Bindings] = []
        /// Files at a time.
        public var jobs = 1
        /// Only tests whose file and names, joined by ` › ` or a blank, hold this text.
        public var filter: String?
        /// Begin no test after the first failure.
        public var failFast = false
        /// Run files and tests in an order by chance that follows from this number; nil for the order in which they stand.
        public var shuffleSeed: UInt64?
        /// Seconds that a test may take which says nothing else.
        public var timeout = 10.0
        /// Run no test: what there is comes as `todo`.
        public var listsOnly = false
        /// Count the lines that run. Makes scripts several times slower.
        public var countsLines = false
        /// Below it are the folders of `test.temp_dir`; made when it is needed, removed at the end. Absolute.
        public var temporaryFolder: String
        /// Folders that `test.run` may run scripts from, besides those of the files.
        public var scriptFolders: [String] = []
        /// The exit status that a script's end stands for.
        package var exitStatus: @Sendable (ScriptError) -> Int32 = { _ in 1 }
        /// What `c8.profile` shows.
        package var profileName = "emulator"

        /// - Parameter host: what its scripts may touch, and their limits.
        public init(host: ScriptHost.Configuration, temporaryFolder: String? = nil) {
            self.host = host
            self.temporaryFolder = temporaryFolder ?? "/tmp/c8run-test-\(getuid())-\(getpid())"
        }
    }

    /// The configuration as the files' runs use it.
    struct Settings: Sendable {
        let host: ScriptHost.Configuration
        let platform: TestPlatform.Choice
        let filter: String?
        let failFast: Bool
        let shuffleSeed: UInt64?
        let timeout: Double
        let listsOnly: Bool
        let countsLines: Bool
        let temporaryFolder: String
        let exitStatus: @Sendable (ScriptError) -> Int32
        let profileName: String
        /// Where scripts may be run from, all links followed.
        let roots: [String]
        let ending = TestEnding()

        init(_ configuration: Configuration, roots files: [TestFile]) {
            host = configuration.host
            platform =
                configuration.platform.map { TestPlatform.Choice.platform($0) } ?? .emulator(configuration.bindings)
            filter = configuration.filter
            failFast = configuration.failFast
            shuffleSeed = configuration.shuffleSeed
            timeout = configuration.timeout
            listsOnly = configuration.listsOnly
            countsLines = configuration.countsLines
            temporaryFolder = configuration.temporaryFolder
            exitStatus = configuration.exitStatus
            profileName = configuration.profileName
            roots = Set(configuration.scriptFolders + files.map(\.folder)).compactMap(FileText.real).sorted()
        }

        func selects(_ file: TestFile, _ path: [String]) -> Bool {
            guard let filter, !filter.isEmpty else { return true }
            return [" › ", " "].contains { ([file.path] + path).joined(separator: $0).contains(filter) }
        }

        /// What is granted, and the file's own temporary folders.
        func grants(temporaryFolder: String) -> ScriptHost.Grants {
            var grants = host.grants
            func adding(_ files: ScriptHost.Grants.Files) -> ScriptHost.Grants.Files {
                switch files {
                case .none: .paths([temporaryFolder])
                case .paths(let paths): .paths(paths + [temporaryFolder])
                case .all: .all
                }
            }
            grants.read = adding(grants.read)
            grants.write = adding(grants.write)
            return grants
        }
    }
}
