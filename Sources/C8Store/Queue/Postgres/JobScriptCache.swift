import C8Queue
import Synchronization

/// The texts of scripts that a worker has run lately: a thousand jobs of one script bring it once.
final class JobScriptCache: Sendable {
    /// Each claim names those that are known.
    private static let mostScripts = 16
    private static let mostBytes = 16 << 20

    /// The latest first.
    private let scripts = Mutex<[JobScript]>([])

    /// What is known, by the hash.
    var known: [String: JobScript] {
        scripts.withLock { Dictionary($0.map { ($0.hash, $0) }, uniquingKeysWith: { first, _ in first }) }
    }

    /// Notes that a script was used.
    func note(_ script: JobScript) {
        scripts.withLock { scripts in
            scripts.removeAll { $0.hash == script.hash }
            scripts.insert(script, at: 0)
            var bytes = 0
            let fitting = scripts.prefix(Self.mostScripts).prefix { script in
                bytes += script.files.reduce(script.source.count) { $0 + $1.bytes.count }
                return bytes <= Self.mostBytes
            }
            scripts = Array(fitting)
        }
    }
}
