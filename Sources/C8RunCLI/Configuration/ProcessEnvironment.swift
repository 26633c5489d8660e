import Glibc

/// Looks up an environment variable. An empty value counts as unset, as it does for the shell's `${NAME:-…}`.
typealias EnvironmentLookup = @Sendable (String) -> String?

/// The environment of this process.
enum ProcessEnvironment {
    /// Reads a variable with getenv. c8run never changes its own environment, so reading is safe from any thread.
    static let lookup: EnvironmentLookup = { name in
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }
}
