import CLinuxShims
import Glibc

/// The one door through which a script reaches files: whatever opens a file for a script opens it here.
///
/// A path is held against the grants by its text, which only chooses the granted folder to begin at; from there the kernel
/// resolves it, below the folder's open descriptor and through no link. A link on the way is first asked where it leads,
/// and the resolution begins again there, if that is granted. So neither `..`, links, `/proc` nor an exchange of folders
/// at the wrong moment leads out. What is open is then held against the barriers, before anything is read or written.
package final class FileDoor: Sendable {
    package let workingDirectory: AbsolutePath
    let grants: FileGrants
    /// What bounds these grants: where a path leads must be open behind it, too. Nil for no bound.
    let ceiling: FileDoor?
    private let anchors: [FileAccess: [GrantAnchor]]
    private let withheld: [FileBarrier]
    private let denied: [FileAccess: [FileBarrier]]
    let openFiles = OpenFileCount()

    /// Opens what is granted and what is withheld, if anything is granted at all.
    ///
    /// - Parameters:
    ///   - ceiling: a door whose grants bound these, whatever they say; asked about what paths really lead to.
    ///   - workingDirectory: what relative paths, also those of the grants, begin at; the process's own if nil.
    package init(
        grants: FileGrants = FileGrants(), ceiling: FileDoor? = nil, workingDirectory: String? = nil
    ) {
        self.ceiling = ceiling
        let base = workingDirectory.map { AbsolutePath(FilePath($0)) } ?? Self.processDirectory()
        self.workingDirectory = base
        self.grants = grants
        var anchors: [FileAccess: [GrantAnchor]] = [:]
        var denied: [FileAccess: [FileBarrier]] = [:]
        for access in FileAccess.allCases {
            if grants.denied(access) == .all { continue }
            switch grants.allowed(access) {
            case .none: break
            case .all: anchors[access] = [GrantAnchor(AbsolutePath())].compactMap { $0 }
            case .paths(let paths):
                anchors[access] = Set(paths.map { AbsolutePath(FilePath($0), relativeTo: base) })
                    .compactMap { GrantAnchor($0) }
                    .sorted { $0.path.parts.count > $1.path.parts.count }
            }
            if case .paths(let paths) = grants.denied(access), !anchors.isEmpty {
                denied[access] = paths.map {
                    FileBarrier(
                        AbsolutePath(FilePath($0), relativeTo: base), reason: .flag("--deny-\(access.rawValue)"))
                }
            }
        }
        self.anchors = anchors
        self.denied = denied
        withheld =
            anchors.values.allSatisfy { $0.isEmpty }
            ? [] : grants.withheld.map { FileBarrier(AbsolutePath(FilePath($0), relativeTo: base), reason: .withheld) }
    }

    /// What an operation is about; refuses what is no path.
    func request(_ path: FilePath, _ access: FileAccess, _ verb: String) throws(FileError) -> FileRequest {
        let doing = "\(verb) \(path)"
        if path.bytes.isEmpty { throw FileError("\(verb) a file", "the path is empty", code: ENOENT) }
        if path.bytes.contains(0) { throw FileError(doing, "a path cannot hold a NUL byte", code: EINVAL) }
        if path.bytes.count >= Int(PATH_MAX) { throw FileError(doing, errno: ENAMETOOLONG) }
        return FileRequest(
            access: access, verb: verb, path: AbsolutePath(path, relativeTo: workingDirectory),
            namesFolder: path.bytes.last == UInt8(ascii: "/"))
    }

    /// The anchor to begin at for a path, and the rest of the way; the nearest one, by the text of the grants first.
    func anchor(covering path: AbsolutePath, for access: FileAccess) -> (
        anchor: GrantAnchor, rest: ArraySlice<[UInt8]>
    )? {
        let anchors = anchors[access] ?? []
        if let anchor = anchors.first(where: { $0.path.contains(path) }) {
            return (anchor, path.parts.dropFirst(anchor.path.parts.count))
        }
        // A folder that was granted by a name with links in it may be asked for by its true name.
        let places = anchors.compactMap { anchor in anchor.currentPath().map { (anchor, $0) } }
        guard
            let (anchor, place) = places.filter({ $0.1.contains(path) })
                .max(by: { $0.1.parts.count < $1.1.parts.count })
        else { return nil }
        return (anchor, path.parts.dropFirst(place.parts.count))
    }

    func anchors(_ access: FileAccess) -> [GrantAnchor] { anchors[access] ?? [] }

    func barriers(_ access: FileAccess) -> [FileBarrier] {
        withheld + (denied[access] ?? []) + (ceiling?.barriers(access) ?? [])
    }

    var allBarriers: [FileBarrier] { withheld + denied.values.flatMap { $0 } + (ceiling?.allBarriers ?? []) }

    private static func processDirectory() -> AbsolutePath {
        let result = c8_open_directory(".")
        guard let here = try? FileDescriptor(result: result), let path = (try? here.path()).flatMap({ $0 }) else {
            return AbsolutePath()
        }
        return path
    }
}
