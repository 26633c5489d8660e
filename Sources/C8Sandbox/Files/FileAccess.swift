/// The two things that files are granted for.
package enum FileAccess: String, Sendable, CaseIterable {
    case read
    case write
}
