package import C8Client
import C8Sandbox
public import Logging
package import LuaRuntime

/// Runs Lua scripts, any number at once, each isolated from the others.
///
/// A host is a value: it holds what scripts may do and what they see, and nothing that runs.
public struct ScriptHost: Sendable {
    /// The host's settings.
    public struct Configuration: Sendable {
        /// What scripts may touch; nothing by default.
        public var grants: Grants
        /// What bounds ``grants``, whatever they say; nil for nothing.
        package var ceiling: GrantCeiling?
        /// Bounds on each run.
        public var limits: Limits
        /// Asked before writes that no step of a flow keeps; nil where nobody needs to know of them.
        package var writeGuard: (any WriteGuard)?
        /// The platform behind `c8`; nil where there is none, and every call then says so.
        package var platform: PlatformServices?
        /// Modules of your own, that scripts find with `require`.
        public var modules: [ScriptModule] = []
        /// What the requests of `c8.http` go through; those of the platform have it from ``PlatformServices``.
        package var traffic = Traffic.live
        /// Where flows keep their journal; nil where there is none, and `flow.run` then says so.
        package var flows: FlowServices?
        /// What `c8.profile` shows.
        package var profileName: String?
        /// What `c8.dry_run` shows.
        package var isDryRun: Bool
        /// Receives what scripts print, on the script's thread. An error it throws ends the script.
        public var standardOutput: @Sendable ([UInt8]) throws -> Void
        /// Receives what scripts write to `io.stderr`.
        public var standardError: @Sendable ([UInt8]) -> Void = StandardError.write
        /// Told of the bytes of each message that a script logs; false where it may log no more.
        package var mayLog: @Sendable (Int) -> Bool = { _ in true }
        /// Where `c8.progress` and uploads show how far they are.
        package var progress = ProgressOutput.none
        /// For the host's own messages and for `c8.log`.
        public var logger: Logger
        /// Secrets of other systems, by the names that scripts find them under with `c8.env.secret`.
        public var secrets: [String: HostSecret] = [:]
        /// Reads an environment variable, once the grant allows it.
        package var environment: @Sendable (String) -> String?

        /// Modules that scripts find besides those of ``HostModule/all``.
        package var extraModules: [HostModule] = []
        /// A file of the embedded library that is called with the script's function and runs it; nil where the script is
        /// called by itself.
        package var driver: String?
        /// The time that scripts see and wait by; nil for the machine's.
        package var clock: (any ClientClock)?
        /// What bounds of waits and the pauses of uploads go by; nil for ``clock``.
        package var timer: (any ClientClock)?
        /// Told at the end of a run how often each line of its script and modules has begun; nil where nobody counts.
        package var lineCounts: (@Sendable ([LineCounts]) -> Void)?

        package init(
            grants: Grants = Grants(), limits: Limits = Limits(), platform: PlatformServices? = nil,
            profileName: String? = nil, isDryRun: Bool = false,
            standardOutput: @escaping @Sendable ([UInt8]) throws -> Void, logger: Logger,
            environment: @escaping @Sendable (String) -> String? = ProcessEnvironmentVariable.read
        ) {
            self.grants = grants
            self.limits = limits
            self.platform = platform
            self.profileName = profileName
            self.isDryRun = isDryRun
            self.standardOutput = standardOutput
            self.logger = logger
            self.environment = environment
        }

        /// A host without a platform. What scripts print goes to the process's standard output.
        public init(
            grants: Grants = Grants(), limits: Limits = Limits(), modules: [ScriptModule] = [],
            logger: Logger = Logger(label: "c8run")
        ) {
            self.init(
                grants: grants, limits: limits, platform: nil, standardOutput: StandardOutput.write, logger: logger)
            self.modules = modules
        }

        /// A host without a platform, with an output of its own.
        public init(standardOutput: @escaping @Sendable ([UInt8]) throws -> Void, logger: Logger) {
            self.init(platform: nil, standardOutput: standardOutput, logger: logger)
        }
    }

    /// What a script may touch on this machine.
    public struct Grants: Sendable {
        /// A choice of environment variables.
        public enum Environment: Sendable {
            case none
            case names(Set<String>)
            case all
        }

        /// A choice of files and folders; a folder stands for all that is below it, a relative path begins at the
        /// process's working directory.
        public enum Files: Sendable, Hashable {
            case none
            case paths([String])
            case all

            var scope: FileGrants.Scope {
                switch self {
                case .none: .none
                case .paths(let paths): .paths(paths)
                case .all: .all
                }
            }
        }

        /// A choice of hosts: `erp.example.com`, `*.example.com`, `10.1.2.3`, `10.0.0.0/8` or `::1`, perhaps with `:port`.
        public enum Network: Sendable, Hashable {
            case none
            case hosts([String])
            /// Every host on the public internet, and these: addresses of this machine and of private networks must be named.
            case everywhere(and: [String])
        }

        /// Files that scripts may read.
        public var read: Files = .none
        /// Files that scripts may write, make, move and remove. Writing gives no reading.
        public var write: Files = .none
        /// Files that scripts may not read, whatever ``read`` says, nor by another name of theirs.
        public var denyRead: Files = .none
        /// Files that scripts may not write, whatever ``write`` says.
        public var denyWrite: Files = .none
        /// Files and folders that are the host's own, such as its state, configuration and keys: no grant reaches them.
        public var withheldFiles: Set<String> = []
        /// Hosts that `c8.http` may talk to.
        public var network: Network = .none
        /// Hosts that `c8.http` may not talk to, whatever ``network`` says.
        public var denyNetwork: Network = .none
        /// Environment variables that scripts may read.
        public var environment: Environment = .none
        /// Environment variables that scripts may not read, whatever ``environment`` says.
        public var denyEnvironment: Environment = .none
        /// Variables that hold secrets: no grant reaches them.
        public var withheldEnvironment: Set<String> = []
        /// Whether `c8.token.reveal()` may show the access token.
        public var token = false

        /// Grants nothing.
        public init() {}

        var policy: SandboxPolicy {
            var policy = SandboxPolicy(token: token)
            policy.withheldEnvironment.formUnion(withheldEnvironment)
            policy.environment = Self.grant(environment)
            policy.deniedEnvironment = Self.grant(denyEnvironment)
            return policy
        }

        private static func grant(_ choice: Environment) -> SandboxPolicy.EnvironmentGrant {
            switch choice {
            case .none: .none
            case .names(let names): .names(names)
            case .all: .all
            }
        }

        /// - Throws: ``ScriptError`` of kind `config` where a host is none.
        var networkGrants: NetworkGrants {
            get throws(ScriptError) {
                NetworkGrants(allow: try Self.scope(network), deny: try Self.scope(denyNetwork))
            }
        }

        private static func scope(_ choice: Network) throws(ScriptError) -> NetworkGrants.Scope {
            var scope = NetworkGrants.Scope.none
            let hosts: [String]
            switch choice {
            case .none: hosts = []
            case .hosts(let named): hosts = named
            case .everywhere(let named): (hosts, scope.everywhere) = (named, true)
            }
            for host in hosts {
                do throws(WebAddressError) {
                    scope.patterns.append(try HostPattern(parsing: host))
                } catch {
                    throw ScriptError(
                        kind: .config, message: "the host \"\(host)\" cannot be granted or denied: \(error)")
                }
            }
            return scope
        }

        var fileGrants: FileGrants {
            FileGrants(
                allowRead: read.scope, allowWrite: write.scope, denyRead: denyRead.scope, denyWrite: denyWrite.scope,
                withheld: withheldFiles.sorted())
        }
    }

    /// Bounds on one run.
    public struct Limits: Sendable {
        /// Bytes of memory for Lua and for what the host holds on its behalf.
        public var maximumMemory: Int
        /// Wall-clock time of the run; nil for no bound.
        public var timeout: Duration?
        /// Lua instructions; nil for no bound. A bound makes Lua two to three times slower.
        public var maximumInstructions: Int64?

        /// Bytes that the script may print, log and write to standard error.
        public var maximumOutput: Int

        /// Bounds; what is left out has the command line's default.
        public init(
            maximumMemory: Int = 512 << 20, timeout: Duration? = nil, maximumInstructions: Int64? = nil,
            maximumOutput: Int = 1 << 30
        ) {
            self.maximumMemory = maximumMemory
            self.timeout = timeout
            self.maximumInstructions = maximumInstructions
            self.maximumOutput = maximumOutput
        }

        /// Bytes of one answer or file that the script's memory has room for: each is held three times on its way into Lua.
        package var mostHeldBytes: Int { maximumMemory / 3 }
    }

    /// What the host was made with.
    public let configuration: Configuration

    /// A host; nothing is opened or started before a script needs it.
    public init(configuration: Configuration = Configuration()) {
        self.configuration = configuration
    }

    /// The same host with other settings, for a run that may do more or less than others:
    /// `host.with { $0.limits.timeout = .seconds(5) }`. The platform's connections and token are shared.
    public func with(_ change: (inout Configuration) throws -> Void) rethrows -> ScriptHost {
        var configuration = configuration
        try change(&configuration)
        return ScriptHost(configuration: configuration)
    }

    /// Runs a script to its end.
    ///
    /// - Parameters:
    ///   - arguments: what the script finds in `...` and in `arg`.
    ///   - output: where what it prints goes.
    ///   - errors: where what it writes to `io.stderr` goes.
    /// - Throws: ``ScriptError``. Cancelling the task unwinds the script, which then ends with kind `cancelled`.
    @discardableResult
    public func run(
        _ script: Script, arguments: [String] = [], output: ScriptOutput = .host, errors: ScriptOutput = .host
    ) async throws -> ScriptResult {
        try await ScriptRun(
            configuration: configuration, script: script, arguments: arguments, output: output, errors: errors
        ).run()
    }

    /// Closes the connections to the platform, after calls that change something have had so much time to be answered.
    /// Scripts that run are not ended by it: cancel their tasks before.
    public func shutdown(grace: Duration = .seconds(8)) async {
        await configuration.platform?.shutdown(grace: grace)
    }
}
