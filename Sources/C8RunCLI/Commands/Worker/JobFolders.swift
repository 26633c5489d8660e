import C8Queue
import Glibc
import Synchronization

/// The files that jobs brought with them, in a private folder for each script, for as long as a job of it runs.
final class JobFolders: Sendable {
    private let base: String
    private let users = Mutex<[String: Int]>([:])

    /// - Parameter base: an absolute path; made when the first job needs it, for this user alone.
    init(base: String) { self.base = base }

    /// The folder of a script that has files; to be left again with ``leave(_:)``. Nil where it has none.
    ///
    /// - Throws: `ConfigurationError` where it cannot be written.
    func enter(_ script: JobScript) throws(ConfigurationError) -> String? {
        guard !script.files.isEmpty else { return nil }
        let name = try Self.name(of: script)
        let folder = FilePath.join(base, name)
        let result: Result<String, ConfigurationError> = users.withLock { users in
            do throws(ConfigurationError) {
                if users[name, default: 0] == 0 {
                    Self.remove(folder)
                    try Self.makeFolder(base, mayExist: true)
                    try Self.write(script, to: folder)
                }
                users[name, default: 0] += 1
                return .success(folder)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    func leave(_ script: JobScript) {
        guard !script.files.isEmpty, let name = try? Self.name(of: script) else { return }
        users.withLock { users in
            users[name, default: 1] -= 1
            guard users[name] == 0 else { return }
            users[name] = nil
            Self.remove(FilePath.join(base, name))
        }
    }

    /// Removes everything.
    func removeAll() { Self.remove(base) }

    private static func name(of script: JobScript) throws(ConfigurationError) -> String {
        guard !script.hash.isEmpty,
            script.hash.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { throw ConfigurationError("the script's hash is none", origin: .builtIn) }
        return script.hash
    }

    private static func write(_ script: JobScript, to folder: String) throws(ConfigurationError) {
        try makeFolder(folder, mayExist: false)
        for file in script.files {
            let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }), !file.path.utf8.contains(0) else {
                throw ConfigurationError(
                    "the job has a file of the name \"\(file.path)\", which leads out", origin: .builtIn)
            }
            var path = folder
            for part in parts.dropLast() {
                path = FilePath.join(path, String(part))
                try makeFolder(path, mayExist: true)
            }
            path = FilePath.join(path, String(parts.last ?? ""))
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw failure(path) }
            defer { close(descriptor) }
            var rest = file.bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if count < 0, errno != EINTR { throw failure(path) }
                rest = rest.dropFirst(max(0, count))
            }
        }
    }

    private static func makeFolder(_ path: String, mayExist: Bool) throws(ConfigurationError) {
        guard mkdir(path, 0o700) == 0 || (mayExist && errno == EEXIST) else { throw failure(path) }
    }

    private static func failure(_ path: String) -> ConfigurationError {
        ConfigurationError("cannot write \(path): \(String(cString: strerror(errno)))", origin: .builtIn)
    }

    /// Removes a folder with all it holds; links are removed, not followed.
    private static func remove(_ path: String) {
        if let folder = opendir(path) {
            var names: [String] = []
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { names.append(name) }
            }
            closedir(folder)
            for name in names {
                let inner = FilePath.join(path, name)
                if unlink(inner) != 0 { remove(inner) }
            }
            rmdir(path)
        }
    }
}
