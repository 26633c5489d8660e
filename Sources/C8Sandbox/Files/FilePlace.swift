/// A name in an open folder, both of which the grants and barriers were held against.
struct FilePlace {
    let anchor: GrantAnchor
    /// The way from the anchor's folder.
    let steps: [[UInt8]]
    /// The folder that holds the name; for a granted folder itself, that folder.
    let folder: FileDescriptor
    /// Nil for a granted folder itself: what holds it is not granted.
    let name: [UInt8]?
    /// Without links, by the kernel's account.
    let path: AbsolutePath
}

/// What is at a place, open as a location only.
struct FoundFile {
    let place: FilePlace
    let location: FileDescriptor
    let status: FileStatus
}

/// What an operation is about, for its messages.
struct FileRequest {
    let access: FileAccess
    /// As a verb: `read`.
    let verb: String
    /// Made absolute, by its text.
    let path: AbsolutePath
    /// Whether it ends in a slash, and so can only be a folder.
    let namesFolder: Bool

    /// `read /data/a.csv`
    var doing: String { "\(verb) \(path)" }

    func failure(_ number: Int32) -> FileError { FileError(doing, errno: number) }
    func denial(_ remedy: String) -> SandboxDenial { SandboxDenial(wanted: doing, remedy: remedy) }
}
