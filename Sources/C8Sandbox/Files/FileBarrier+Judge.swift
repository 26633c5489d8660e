/// Deciding on an open file, not on a name: it cannot be exchanged between the decision and its use.
extension [FileBarrier.Sight] {
    /// The barrier that shuts a path, by its text.
    func barrier(at paths: AbsolutePath...) -> FileBarrier.Sight? {
        first { sight in paths.contains { sight.covers($0) } }
    }

    /// The barrier that shuts a folder: its own, or one of a folder above it.
    func barrier(above folder: FileDescriptor) throws(SystemFailure) -> FileBarrier.Sight? {
        if isEmpty { return nil }
        var identity = try folder.status().identity
        var current = folder
        // The kernel bounds the depth of paths, not that of folders; nothing sensible is deeper.
        for _ in 0..<4096 {
            if let sight = first(where: { $0.isAt(identity) }) { return sight }
            current = try current.parent()
            let above = try current.status().identity
            if above == identity { return nil }
            identity = above
        }
        return first
    }

    /// The barrier that shuts a file under another name: the same inode, or one that a withheld folder holds as well.
    func barrier(on status: FileStatus) -> FileBarrier.Sight? {
        if let sight = first(where: { $0.isAt(status.identity) }) { return sight }
        guard status.kind == .file, status.linkCount > 1 else { return nil }
        return first { sight in
            guard sight.reason == .withheld else { return false }
            return sight.held.contains { $0.isFolder && FolderWalk.holds(status.identity, below: $0.descriptor) }
        }
    }
}
