import Glibc

/// Paths as text: joining, home folders. No file is touched here.
enum FilePath {
    /// `path` made absolute: itself, below the home folder for `~/…`, or below `folder`.
    static func absolute(_ path: String, relativeTo folder: String, home: String?) -> String {
        if path.hasPrefix("/") { return path }
        if path == "~", let home { return home }
        if path.hasPrefix("~/"), let home { return join(home, String(path.dropFirst(2))) }
        return join(folder, path)
    }

    /// `folder/name` with exactly one slash between.
    static func join(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }

    /// The folder that holds `path`; `.` for a bare name.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The working directory, or `.` where it cannot be told (it was removed, say).
    static func workingDirectory() -> String {
        guard let text = getcwd(nil, 0) else { return "." }
        defer { free(text) }
        return String(cString: text)
    }
}
