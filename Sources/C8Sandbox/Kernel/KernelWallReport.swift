/// What the kernel holds this process to, in words for the log and for `c8run doctor`.
package struct KernelWallReport: Sendable, Hashable {
    /// One part of the wall.
    package struct Part: Sendable, Hashable {
        package enum State: String, Sendable, Hashable {
            case enforced
            /// Not asked for.
            case open
            /// In force, but this kernel is too old for all of it.
            case partial
            case missing
        }

        package let name: String
        package let state: State
        /// What holds, or why not.
        package let detail: String

        package init(_ name: String, _ state: State, _ detail: String) {
            self.name = name
            self.state = state
            self.detail = detail
        }

        /// `files: enforced (Landlock 7)`.
        package var description: String { "\(name): \(state.rawValue) (\(detail))" }
    }

    package var parts: [Part]

    package init(parts: [Part]) { self.parts = parts }

    /// The parts that were asked for and are not, or not wholly, in force.
    package var lacking: [Part] { parts.filter { $0.state == .missing || $0.state == .partial } }

    /// All parts in one line.
    package var line: String { parts.map(\.description).joined(separator: "; ") }
}
