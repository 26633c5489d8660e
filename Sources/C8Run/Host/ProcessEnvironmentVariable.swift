import Glibc

/// Reads one variable of the process's environment.
package enum ProcessEnvironmentVariable {
    package static let read: @Sendable (String) -> String? = { name in
        guard !name.isEmpty, !name.utf8.contains(0), let value = getenv(name) else { return nil }
        return String(cString: value)
    }
}
