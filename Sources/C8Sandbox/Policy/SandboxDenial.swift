/// Something that the policy does not allow: what was wanted, and what would allow it.
package struct SandboxDenial: Error, Sendable, Hashable, CustomStringConvertible {
    /// As a verb phrase: `read the environment variable HOME`.
    package let wanted: String
    /// What the operator can do.
    package let remedy: String

    package init(wanted: String, remedy: String) {
        self.wanted = wanted
        self.remedy = remedy
    }

    /// The remedy where the script's grants allow it, and those that bound them, a worker's, do not.
    ///
    /// - Parameter flag: `--allow-token`.
    static func beyondCeiling(_ flag: String) -> String {
        "the script was granted it, and the worker that runs it was not: start that with \(flag) to allow it"
    }

    package var description: String { "the script may not \(wanted): \(remedy)" }
}
