import CLinuxShims
import Glibc

/// One granted file or folder, held open from the start: what is put in its place later is not what was granted.
///
/// A folder is held itself. For a file, or for what does not exist yet, the nearest folder above is held, and the rest of
/// the way is walked below it without following links.
final class GrantAnchor: Sendable {
    /// As the operator wrote it, made absolute.
    let path: AbsolutePath
    let directory: FileDescriptor
    /// The rest of the way below the directory.
    let remainder: [[UInt8]]

    /// Nil where not even the root can be opened.
    init?(_ path: AbsolutePath) {
        self.path = path
        // The operator's own links are followed, once and for all: the grant is for what they lead to now.
        var target = path
        if let root = try? FileDescriptor(result: c8_open_directory("/")),
            let here = try? root.location(path.belowRoot, reach: C8_REACH_ANYWHERE, following: true),
            let status = try? here.status()
        {
            if status.kind == .directory {
                directory = here
                remainder = []
                return
            }
            target = (try? here.path()) ?? path
        }
        var rest: [[UInt8]] = []
        while let name = target.name {
            rest.insert(name, at: 0)
            target = target.parent
            let folder = FileDescriptor.withName(target.filePath.bytes) { c8_open_directory($0) }
            if let folder = try? FileDescriptor(result: folder) {
                directory = folder
                remainder = rest
                return
            }
        }
        return nil
    }

    /// Where the granted thing is now, by the kernel's account.
    func currentPath() -> AbsolutePath? {
        (try? directory.path()).flatMap { $0 }?.appending(remainder)
    }
}

extension AbsolutePath {
    /// The text for a resolution that begins at the root's descriptor.
    var belowRoot: [UInt8] { Array(parts.joined(separator: [UInt8(ascii: "/")])) }
}
