import CLinuxShims
import Glibc

extension FileDoor {
    /// Begins a new content for a file, which takes the old one's place all at once with `commit()`. New files are for
    /// the user alone; existing ones keep their permissions. A link is never written through.
    package func replace(_ path: FilePath, verb: String = "write") throws -> PendingFile {
        let request = try request(path, .write, verb)
        let place = try place(request)
        guard let name = place.name, !request.namesFolder else { throw request.failure(EISDIR) }
        let existing = try writable(place, request)
        if existing != nil {
            // A rename asks nothing of the file it replaces; its permissions are meant all the same.
            let access = FileDescriptor.withName(name) {
                faccessat(place.folder.raw, $0, W_OK, AT_EACCESS | AT_SYMLINK_NOFOLLOW)
            }
            if access != 0 { throw request.failure(errno) }
        }
        let mode = existing.map { $0.status.mode & 0o777 } ?? 0o600
        return try PendingFile(
            request, folder: place.folder, name: name, mode: mode, place: try openFiles.take(request))
    }

    /// Writes a whole file: afterwards it holds these bytes on disk, or, after an error, what it held before.
    package func write(_ bytes: [UInt8], to path: FilePath) throws {
        let file = try replace(path)
        try file.write(bytes)
        try file.commit()
    }

    /// Writes at the end of a file, which is made if it is not there.
    package func append(_ bytes: [UInt8], to path: FilePath) throws {
        let request = try request(path, .write, "append to")
        let place = try place(request)
        guard let name = place.name, !request.namesFolder else { throw request.failure(EISDIR) }
        for _ in 0..<16 {
            let file: FileDescriptor
            do {
                if let existing = try writable(place, request) {
                    file = try FileDescriptor(
                        result: c8_reopen(existing.location.raw, O_WRONLY | O_APPEND | O_NONBLOCK))
                } else {
                    file = try FileDescriptor(
                        result: FileDescriptor.withName(name) { c8_create_file(place.folder.raw, $0, 0o600) })
                }
            } catch let failure as SystemFailure {
                // Someone else made it in between: append to that.
                if failure.errno == EEXIST { continue }
                throw request.failure(failure.errno)
            }
            try file.writeAll(bytes, request)
            return
        }
        throw request.failure(EAGAIN)
    }

    /// The regular file at a place, judged; nil where there is nothing.
    private func writable(_ place: FilePlace, _ request: FileRequest) throws -> FoundFile? {
        let location: FileDescriptor
        do {
            location = try open(place, request)
        } catch let error as FileError where error.code == "ENOENT" {
            return nil
        }
        let status = try attempt(request) { try location.status() }
        switch status.kind {
        case .file: break
        case .directory: throw request.failure(EISDIR)
        case .link:
            throw FileError(request.doing, "it is a symbolic link; name the file that it leads to", code: ELOOP)
        case .other: throw special(request)
        }
        try judge(status, location, request)
        return FoundFile(place: place, location: location, status: status)
    }
}
