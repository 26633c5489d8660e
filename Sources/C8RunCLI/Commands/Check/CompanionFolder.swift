import Glibc

/// A folder of its own for what another program writes, gone with this value.
final class CompanionFolder: Sendable {
    let path: String

    /// - Throws: `UsageError` where it cannot be made.
    init() throws(UsageError) {
        let base = ProcessEnvironment.lookup("TMPDIR") ?? "/tmp"
        var template = Array("\(base.hasPrefix("/") ? base : "/tmp")/c8run-check-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw UsageError(.noTemporaryFolder, ["problem": "\(SmallFileError(number: errno))"])
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The bytes of a file in it; nil where there is none.
    func read(_ name: String) -> [UInt8]? { try? SmallFile.read("\(path)/\(name)", limit: 64 << 20).bytes }

    deinit { Self.remove(path) }

    /// Programs put further files there, such as their logs, and folders. Follows no links.
    private static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name != ".", name != ".." { remove("\(path)/\(name)") }
            }
            closedir(directory)
        }
        rmdir(path)
    }
}
