import C8Flow
import C8Postgres
import C8Store
public import CoreMetrics
import Logging

extension ScriptHost.Configuration {
    /// Gives scripts the platform: `c8` calls it, and flows keep their journal where the token is kept.
    ///
    /// Nothing is read or opened before a script first needs it; all runs and sessions share the connections and the token.
    ///
    /// - Parameters:
    ///   - platform: which one, as which application.
    ///   - metrics: where calls are counted; nil for the factory that the process was set up with.
    public mutating func use(_ platform: PlatformConfiguration, metrics: (any MetricsFactory)? = nil) {
        let logger = logger
        self.platform = PlatformServices(logger: logger, metrics: metrics) { platform }
        profileName = platform.profile
        isDryRun = platform.dryRun
        flows = FlowServices {
            // What a dry run makes up is for nobody else.
            if platform.dryRun { return MemoryFlowJournal() }
            switch platform.state {
            case .memory: return MemoryFlowJournal()
            case .folder(let path):
                return SQLiteFlowJournal(try await StateStore.open(folder: path) { logger.warning("\($0)") })
            case .database(let url, let password):
                return PostgresFlowJournal(try await PostgresState.open(PostgresSettings(url, password: password)))
            }
        }
    }
}
