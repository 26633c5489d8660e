import CLinuxShims
import Glibc
import Synchronization

/// A file or folder that stays shut whatever is granted: by its path, by where that path leads, and by the identity of
/// what is there, so that no other name of it opens it either.
final class FileBarrier: Sendable {
    enum Reason: Sendable, Hashable {
        /// By a flag: `--deny-read`.
        case flag(String)
        /// It is the host's own.
        case withheld
    }

    /// What stands behind the barrier at one moment.
    struct Sight: Sendable {
        let reason: Reason
        let path: AbsolutePath
        /// The path itself, and where it and what was there before are now.
        let paths: [AbsolutePath]
        let held: [Held]

        func covers(_ path: AbsolutePath) -> Bool { paths.contains { $0.contains(path) } }
        func lies(below path: AbsolutePath) -> Bool { paths.contains { path.contains($0) } }
        func isAt(_ identity: FileStatus.Identity) -> Bool { held.contains { $0.identity == identity } }
    }

    /// Held open, so that its inode number is not given to another file.
    struct Held: Sendable {
        let identity: FileStatus.Identity
        let isFolder: Bool
        let descriptor: FileDescriptor
    }

    private let reason: Reason
    private let path: AbsolutePath
    private let held = Mutex<[Held]>([])
    /// A configuration file that is replaced again and again must not use up descriptors.
    private static let mostHeld = 8

    init(_ path: AbsolutePath, reason: Reason) {
        self.path = path
        self.reason = reason
        _ = look()
    }

    func look() -> Sight {
        var paths = [path]
        let now = present()
        if now == nil { paths.append(wouldBe()) }
        let held = held.withLock { held in
            if let now, !held.contains(where: { $0.identity == now.identity }) {
                if held.count >= Self.mostHeld { held.remove(at: 1) }
                held.append(now)
            }
            return held
        }
        for one in held {
            if let place = (try? one.descriptor.path()).flatMap({ $0 }), !paths.contains(place) { paths.append(place) }
        }
        return Sight(reason: reason, path: path, paths: paths, held: held)
    }

    private func present() -> Held? {
        guard let root = try? FileDescriptor(result: c8_open_directory("/")),
            let here = try? root.location(path.belowRoot, reach: C8_REACH_ANYWHERE, following: true),
            let status = try? here.status()
        else { return nil }
        return Held(identity: status.identity, isFolder: status.kind == .directory, descriptor: here)
    }

    /// Where the path leads, as far as it exists.
    private func wouldBe() -> AbsolutePath {
        var rest: [[UInt8]] = []
        var target = path
        while let name = target.name {
            rest.insert(name, at: 0)
            target = target.parent
            let folder = FileDescriptor.withName(target.filePath.bytes) { c8_open_directory($0) }
            if let folder = try? FileDescriptor(result: folder), let place = (try? folder.path()).flatMap({ $0 }) {
                return place.appending(rest)
            }
        }
        return path
    }
}
