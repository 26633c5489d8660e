import Glibc
import Synchronization

/// Looks up an environment variable. An empty value counts as unset, as it does for the shell's `${NAME:-…}`.
typealias EnvironmentLookup = @Sendable (String) -> String?

/// The environment of this process.
enum ProcessEnvironment {
    /// Values that were taken out of the environment.
    private static let taken = Mutex<[String: String]>([:])

    /// Reads a variable with getenv. c8run changes its environment only while it has a single thread.
    static let lookup: EnvironmentLookup = { name in
        if let text = taken.withLock({ $0[name] }) { return text }
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// Moves variables out of the environment: `lookup` still finds them, but `/proc/<pid>/environ` and programs that
    /// are started no longer do. To be called while the process has a single thread.
    static func take(_ names: Set<String>) {
        for name in names {
            guard let value = getenv(name) else { continue }
            taken.withLock { $0[name] = String(cString: value) }
            // The kernel shows the very bytes that the process was started with.
            memset(value, 0, strlen(value))
            unsetenv(name)
        }
    }
}
