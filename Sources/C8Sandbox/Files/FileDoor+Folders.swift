import CLinuxShims
import Glibc

extension FileDoor {
    /// Makes a folder, for the user alone. With `parents`, also those above it, as far as they are granted, and it is no
    /// error if the folder is there.
    package func makeDirectory(_ path: FilePath, parents: Bool = false) throws {
        let request = try request(path, .write, "make the folder")
        var missing = [request]
        if parents {
            var above = request.path.parent
            while !above.parts.isEmpty, anchor(covering: above, for: .write) != nil,
                isWithinCeiling(above, for: .write)
            {
                missing.append(FileRequest(access: .write, verb: request.verb, path: above, namesFolder: true))
                above = above.parent
            }
        }
        for step in missing.reversed() {
            let place = try place(step)
            guard let name = place.name else {
                // The granted folder itself, which is there.
                if parents { continue }
                throw step.failure(EEXIST)
            }
            let made = FileDescriptor.withName(name) { mkdirat(place.folder.raw, $0, 0o700) }
            if made == 0 { continue }
            let number = errno
            guard parents, number == EEXIST, try find(step, following: true).status.kind == .directory else {
                throw step.failure(number)
            }
        }
    }

    /// Removes a file, a link (not what it leads to), or an empty folder; with `recursive`, a folder with all it holds.
    package func remove(_ path: FilePath, recursive: Bool = false, isStopped: () -> Bool = { false }) throws {
        let request = try request(path, .write, "remove")
        let found = try find(request, following: false)
        guard let name = found.place.name, ceiling?.isGranted(folder: found.place.path) != true else {
            throw request.denial("it is the granted folder itself; what it holds may be removed")
        }
        let sights = allBarriers.map { $0.look() }
        if found.status.kind == .directory, let barrier = sights.first(where: { $0.lies(below: found.place.path) }) {
            throw holdsBarrier(request, barrier)
        }
        try withoutActuallyEscaping(isStopped) { isStopped in
            var budget = FolderWalk.Budget(doing: request.doing, isStopped: isStopped)
            do {
                if recursive && found.status.kind == .directory {
                    try empty(found.location, depth: 0, request, sights, &budget)
                }
                try unlink(name, in: found.place.folder, isFolder: found.status.kind == .directory)
            } catch let failure as SystemFailure {
                throw request.failure(failure.errno)
            }
        }
    }

    /// Moves a file, a link or a folder, over a file that is there. Both ends must be granted for writing; and for reading
    /// too, if the new place can be read: what cannot be read where it is must not become readable by moving it.
    package func rename(_ from: FilePath, to: FilePath) throws {
        let source = try request(from, .write, "rename")
        let target = try request(to, .write, "rename to")
        let found = try find(source, following: false)
        let place = try place(target)
        guard let oldName = found.place.name, let newName = place.name else {
            throw (found.place.name == nil ? source : target).denial("it is the granted folder itself, which stays")
        }
        for (request, place) in [(source, found.place), (target, place)]
        where ceiling?.isGranted(folder: place.path) == true {
            throw request.denial("it is the granted folder itself, which stays")
        }
        if found.status.kind == .other { throw special(source) }
        if target.namesFolder && found.status.kind != .directory { throw target.failure(ENOTDIR) }
        let sights = allBarriers.map { $0.look() }
        for (request, place) in [(source, found.place), (target, place)] {
            if let barrier = try barrier(sights, place, request) { throw denial(request, barrier) }
            if let barrier = sights.first(where: { $0.lies(below: place.path) }) {
                throw holdsBarrier(request, barrier)
            }
        }
        if let barrier = sights.barrier(on: found.status) { throw denial(source, barrier) }
        if let replaced = try? open(place, target) {
            let status = try attempt(target) { try replaced.status() }
            if status.kind == .other { throw special(target) }
            if let barrier = sights.barrier(on: status) { throw denial(target, barrier) }
        }
        if makesReadable(place.path) {
            _ = try find(
                FileRequest(
                    access: .read, verb: "rename", path: found.place.path, namesFolder: source.namesFolder),
                following: false)
        }
        let moved = FileDescriptor.withName(oldName) { old in
            FileDescriptor.withName(newName) { c8_move(found.place.folder.raw, old, place.folder.raw, $0, 0) }
        }
        if moved == -EXDEV {
            throw FileError(
                source.doing, "\(target.path) is on another file system; write it there and remove it here",
                code: EXDEV)
        }
        if moved != 0 { throw FileError("\(source.doing) to \(target.path)", errno: -moved) }
        place.folder.syncFolder()
    }

    private func barrier(
        _ sights: [FileBarrier.Sight], _ place: FilePlace, _ request: FileRequest
    ) throws -> FileBarrier.Sight? {
        if let barrier = sights.barrier(at: place.path, request.path) { return barrier }
        return try attempt(request) { try sights.barrier(above: place.folder) }
    }

    /// Whether what is put at a path, or below it, may then be read.
    private func makesReadable(_ path: AbsolutePath) -> Bool {
        let isOpen =
            anchor(covering: path, for: .read) != nil
            || anchors(.read).contains { path.contains($0.path) || ($0.currentPath().map(path.contains) ?? false) }
        return isOpen && (ceiling?.makesReadable(path) ?? true)
    }

    private func empty(
        _ folder: FileDescriptor, depth: Int, _ request: FileRequest, _ sights: [FileBarrier.Sight],
        _ budget: inout FolderWalk.Budget
    ) throws {
        if depth >= FolderWalk.deepest {
            throw FileError.limit(request.doing, "its folders are nested more than \(FolderWalk.deepest) deep")
        }
        for name in try FolderWalk.names(in: folder, budget: &budget) {
            if budget.isStopped() { throw CancellationError() }
            let entry = try folder.location(name, reach: C8_REACH_WITHOUT_LINKS, following: false)
            let status = try entry.status()
            if let barrier = sights.barrier(on: status) { throw holdsBarrier(request, barrier) }
            if status.kind == .directory { try empty(entry, depth: depth + 1, request, sights, &budget) }
            try unlink(name, in: folder, isFolder: status.kind == .directory)
        }
    }

    private func unlink(_ name: [UInt8], in folder: FileDescriptor, isFolder: Bool) throws(SystemFailure) {
        let result = FileDescriptor.withName(name) { unlinkat(folder.raw, $0, isFolder ? AT_REMOVEDIR : 0) }
        if result != 0 { throw SystemFailure(errno: errno) }
    }
}
