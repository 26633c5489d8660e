import CLinuxShims
import Glibc

extension FileDoor {
    /// Folders may be exchanged under us; each time the resolution begins again, but not for ever.
    private static let mostAttempts = 40

    /// The folder and the name that a path leads to. Links to folders on the way are followed, where they stay within
    /// what is granted; the name itself is not looked at.
    func place(_ request: FileRequest) throws -> FilePlace {
        try place(request, at: request.path)
    }

    /// What is at the end of a path, of whatever type. A link there is followed, or is itself the result.
    func find(_ request: FileRequest, following: Bool) throws -> FoundFile {
        var target = request.path
        for _ in 0..<Self.mostAttempts {
            let place = try place(request, at: target)
            let location = try open(place, request)
            let status = try attempt(request) { try location.status() }
            if status.kind == .link && following {
                target = try destination(place.anchor, place.steps, request)
                continue
            }
            if request.namesFolder && status.kind != .directory { throw request.failure(ENOTDIR) }
            try judge(status, location, request)
            return FoundFile(place: place, location: location, status: status)
        }
        throw request.failure(EAGAIN)
    }

    /// What a place holds, without following it.
    func open(_ place: FilePlace, _ request: FileRequest) throws -> FileDescriptor {
        guard let name = place.name else { return place.folder }
        return try attempt(request) {
            try place.folder.location(name, reach: C8_REACH_WITHOUT_LINKS, following: false)
        }
    }

    /// Holds something open against the barriers and the kinds of file that are never opened.
    func judge(_ status: FileStatus, _ location: FileDescriptor, _ request: FileRequest) throws {
        if let barrier = sights(request.access).barrier(on: status) { throw denial(request, barrier) }
        if c8_is_kernel_file_system(location.raw) != 0 { throw kernelDenial(request) }
    }

    func sights(_ access: FileAccess) -> [FileBarrier.Sight] { barriers(access).map { $0.look() } }

    /// Says what was being done when a system call failed.
    func attempt<Result>(_ request: FileRequest, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let failure as SystemFailure { throw request.failure(failure.errno) }
    }

    private func place(_ request: FileRequest, at start: AbsolutePath) throws -> FilePlace {
        var target = start
        for _ in 0..<Self.mostAttempts {
            try refuseKernelPaths(target, request)
            guard let (anchor, rest) = anchor(covering: target, for: request.access) else {
                throw target == request.path ? ungranted(request) : leadsOut(request)
            }
            let steps = anchor.remainder + rest
            do {
                return try judged(request, anchor, steps)
            } catch let failure as SystemFailure {
                // A link on the way: find out where the folder is, and begin again from there.
                guard failure.errno == ELOOP, let name = steps.last else {
                    throw self.failure(failure.errno, at: target, request)
                }
                target = try destination(anchor, steps.dropLast(), request).appending(name)
            }
        }
        throw request.failure(EAGAIN)
    }

    private func judged(_ request: FileRequest, _ anchor: GrantAnchor, _ steps: [[UInt8]]) throws -> FilePlace {
        let sights = sights(request.access)
        if let barrier = sights.barrier(at: request.path) { throw denial(request, barrier) }
        let folder =
            steps.count <= 1
            ? anchor.directory
            : try anchor.directory.location(
                Array(steps.dropLast().joined(separator: [UInt8(ascii: "/")])), reach: C8_REACH_WITHOUT_LINKS,
                following: true)
        guard let here = try folder.path() else { throw SystemFailure(errno: ENOENT) }
        let path = steps.last.map { here.appending($0) } ?? here
        if let barrier = try sights.barrier(at: path) ?? sights.barrier(above: folder) {
            throw denial(request, barrier)
        }
        try checkCeiling(path, request)
        if c8_is_kernel_file_system(folder.raw) != 0 { throw kernelDenial(request) }
        return FilePlace(anchor: anchor, steps: steps, folder: folder, name: steps.last, path: path)
    }

    /// Where links lead, by the kernel's account. Only within the granted folder is a script told more of what went wrong
    /// than that they lead out of it.
    private func destination(
        _ anchor: GrantAnchor, _ steps: some Collection<[UInt8]>, _ request: FileRequest
    ) throws -> AbsolutePath {
        let way = Array(steps.joined(separator: [UInt8(ascii: "/")]))
        do {
            if anchor.remainder.isEmpty {
                let inside = try anchor.directory.location(way, reach: C8_REACH_BENEATH, following: true)
                guard let path = try inside.path() else { throw SystemFailure(errno: ENOENT) }
                return path
            }
        } catch let failure as SystemFailure {
            if failure.errno != EXDEV && failure.errno != ELOOP {
                // Nobody knows how far the way led, and whether there is something out of bounds is not told.
                throw ceiling == nil ? request.failure(failure.errno) : beyondCeiling(request)
            }
        }
        guard
            let outside = try? anchor.directory.location(way, reach: C8_REACH_ANYWHERE, following: true),
            let path = (try? outside.path()).flatMap({ $0 }), self.anchor(covering: path, for: request.access) != nil
        else { throw leadsOut(request) }
        return path
    }
}
