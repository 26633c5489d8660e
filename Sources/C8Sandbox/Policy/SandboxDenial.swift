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

    package var description: String { "the script may not \(wanted): \(remedy)" }
}
