import C8Queue
import Glibc
import Synchronization

/// The files that jobs brought with them, in a private folder for each script, for as long as a job of it runs.
final class JobFolders: Sendable {
    private struct State {
        /// Made when the first job needs it.
        var own: WorkerFolder?
        var users: [String: Int] = [:]
    }

    private let shared: String
    private let state = Mutex(State())

    /// - Parameter shared: an absolute path, of a folder of this user alone, which workers have in common.
    init(in shared: String) { self.shared = shared }

    /// The folder of a script that has files; to be left again with ``leave(_:)``. Nil where it has none.
    ///
    /// - Throws: `ConfigurationError` where it cannot be written.
    func enter(_ script: JobScript) throws(ConfigurationError) -> String? {
        guard !script.files.isEmpty else { return nil }
        let name = try Self.name(of: script)
        let result: Result<String, ConfigurationError> = state.withLock { state in
            do throws(ConfigurationError) {
                let own: WorkerFolder
                if let made = state.own { own = made } else { own = try WorkerFolder(in: shared) }
                state.own = own
                let folder = FilePath.join(own.path, name)
                if state.users[name, default: 0] == 0 {
                    Self.remove(name, in: own)
                    try Self.write(script, to: folder)
                }
                state.users[name, default: 0] += 1
                return .success(folder)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    func leave(_ script: JobScript) {
        guard !script.files.isEmpty, let name = try? Self.name(of: script) else { return }
        state.withLock { state in
            state.users[name, default: 1] -= 1
            guard state.users[name] == 0 else { return }
            state.users[name] = nil
            if let own = state.own { Self.remove(name, in: own) }
        }
    }

    /// Removes everything.
    func removeAll() { state.withLock { $0.own = nil } }

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

    private static func remove(_ name: String, in folder: WorkerFolder) {
        FolderDescriptor(folder.path)?.remove(name)
    }
}
