/// A file of a new script project.
struct ProjectFile: Sendable {
    /// Relative to the project's folder.
    var path: String
    var text: String
}
