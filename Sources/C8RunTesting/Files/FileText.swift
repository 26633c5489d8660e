import Glibc

/// Reads files of Lua text, and their paths.
enum FileText {
    /// Far larger than any sensible source.
    private static let limit = 16 << 20

    static func read(_ path: String) throws(TestFileError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw TestFileError(path: path, number: errno) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw TestFileError(path: path, number: errno) }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= limit else { throw TestFileError(path: path, number: EFBIG) }
        }
    }

    /// The path without `.`, `..` behind a name, and doubled slashes, so that one file has one name in reports.
    static func plain(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
        }
        let text = parts.joined(separator: "/")
        return path.hasPrefix("/") ? "/" + text : text.isEmpty ? "." : text
    }

    /// A path as seen from a folder.
    static func joined(_ folder: String, _ path: String) -> String {
        plain(path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)")
    }

    /// What is in a folder, `.` and `..` too.
    static func names(in folder: String) throws(TestFileError) -> [String] {
        guard let directory = opendir(folder) else { throw TestFileError(path: folder, number: errno) }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            names.append(name)
        }
        return names
    }

    /// Where the path leads, all links followed; nil where it does not exist.
    static func real(_ path: String) -> String? {
        guard let resolved = realpath(path.isEmpty ? "." : path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

extension String {
    /// Without blanks at both ends.
    var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
