import CLinuxShims
import Glibc

extension FileDoor {
    /// The paths that match a pattern, sorted by their bytes, relative if the pattern is. Hidden names match only where
    /// the pattern has the dot. Each folder is looked at once; those that are not granted are passed over, and `**` does
    /// not walk through links.
    package func glob(_ pattern: FilePath, isStopped: () -> Bool = { false }) throws -> [FilePath] {
        let request = try request(pattern, .read, "look for")
        let glob = GlobPattern(pattern)
        let text = AbsolutePath(parts: glob.base).filePath.bytes.dropFirst(glob.isAbsolute ? 0 : 1)
        let prefix = FilePath(bytes: text.isEmpty ? Array(".".utf8) : Array(text))
        if glob.parts.isEmpty { return try exists(prefix) ? [prefix] : [] }
        let base = try self.request(prefix, .read, "look for files in")
        let start: FoundFile
        do {
            start = try find(base, following: true)
        } catch let error as FileError where error.code == "ENOENT" || error.code == "ENOTDIR" {
            return []
        }
        guard start.status.kind == .directory else { return [] }
        return try withoutActuallyEscaping(isStopped) { isStopped in
            var walk = GlobWalk(
                door: self, glob: glob, base: base.path, sights: sights(.read),
                budget: FolderWalk.Budget(doing: request.doing, isStopped: isStopped))
            try walk.visit(start.location, [], glob.closure([0]))
            let lead = text.isEmpty || text.last == UInt8(ascii: "/") ? Array(text) : text + [UInt8(ascii: "/")]
            return walk.matches.map { FilePath(bytes: lead + $0.joined(separator: [UInt8(ascii: "/")])) }
                .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        }
    }
}

/// One walk over the folders that a pattern can match in.
private struct GlobWalk {
    let door: FileDoor
    let glob: GlobPattern
    let base: AbsolutePath
    let sights: [FileBarrier.Sight]
    var budget: FolderWalk.Budget
    var matches: [[[UInt8]]] = []

    /// - Parameter places: where in the pattern this folder is.
    mutating func visit(_ folder: FileDescriptor, _ path: [[UInt8]], _ places: Set<Int>) throws {
        if path.count >= FolderWalk.deepest {
            throw FileError.limit(budget.doing, "folders are nested more than \(FolderWalk.deepest) deep")
        }
        let names: [[UInt8]]
        do {
            names = try FolderWalk.names(in: folder, budget: &budget)
        } catch is SystemFailure {
            // Gone meanwhile, or not ours to read: no matches there.
            return
        }
        for name in names {
            if budget.isStopped() { throw CancellationError() }
            let stepped = glob.advance(places, over: name)
            if stepped.isEmpty { continue }
            let here = path + [name]
            let next = glob.closure(stepped)
            if next.contains(glob.parts.count) { matches.append(here) }
            guard next.contains(where: { $0 < glob.parts.count }),
                let entry = try? folder.location(name, reach: C8_REACH_WITHOUT_LINKS, following: false),
                let status = try? entry.status()
            else { continue }
            switch status.kind {
            case .directory: try enter(entry, status, here, next)
            case .link: try follow(here, next)
            case .file, .other: break
            }
        }
    }

    private mutating func enter(
        _ folder: FileDescriptor, _ status: FileStatus, _ path: [[UInt8]], _ places: Set<Int>
    ) throws {
        if sights.barrier(on: status) != nil || c8_is_kernel_file_system(folder.raw) != 0 { return }
        try visit(folder, path, places)
    }

    /// A link to a folder is walked where a part of the pattern stands for it, as a shell does; not by `**`.
    private mutating func follow(_ path: [[UInt8]], _ places: Set<Int>) throws {
        let named = places.filter { $0 < glob.parts.count && glob.parts[$0] != .folders }
            .filter { $0 == 0 || glob.parts[$0 - 1] != .folders }
        if named.isEmpty { return }
        let request = FileRequest(
            access: .read, verb: "look for files in", path: base.appending(path), namesFolder: true)
        guard let found = try? door.find(request, following: true), found.status.kind == .directory else { return }
        try visit(found.location, path, named)
    }
}
