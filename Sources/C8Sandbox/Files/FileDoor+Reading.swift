import CLinuxShims
import Glibc

extension FileDoor {
    /// Opens a regular file for reading.
    package func openForReading(_ path: FilePath, verb: String = "read") throws -> OpenFile {
        let request = try request(path, .read, verb)
        let found = try find(request, following: true)
        switch found.status.kind {
        case .file: break
        case .directory: throw request.failure(EISDIR)
        case .link, .other: throw special(request)
        }
        let place = try openFiles.take(request)
        // The very file that was judged; it cannot have become a FIFO, but nothing must ever wait here.
        let file = try attempt(request) {
            try FileDescriptor(result: c8_reopen(found.location.raw, O_RDONLY | O_NONBLOCK))
        }
        return OpenFile(file, found.status, doing: request.doing, place: place)
    }

    /// What the file system says of a path; of a link itself, if it is not followed.
    package func status(_ path: FilePath, following: Bool = true) throws -> FileStatus {
        try find(try request(path, .read, "look at"), following: following).status
    }

    /// Whether there is something at a path, links followed. A path that is not granted is an error, not an answer.
    package func exists(_ path: FilePath) throws -> Bool {
        do {
            _ = try status(path)
            return true
        } catch let error as FileError where error.code == "ENOENT" || error.code == "ENOTDIR" {
            return false
        }
    }

    /// The names in a folder, sorted by their bytes.
    package func list(_ path: FilePath, isStopped: () -> Bool = { false }) throws -> [[UInt8]] {
        let request = try request(path, .read, "list")
        let found = try find(request, following: true)
        guard found.status.kind == .directory else { throw request.failure(ENOTDIR) }
        return try withoutActuallyEscaping(isStopped) { isStopped in
            var budget = FolderWalk.Budget(doing: request.doing, isStopped: isStopped)
            do {
                return try FolderWalk.names(in: found.location, budget: &budget)
            } catch let failure as SystemFailure {
                throw request.failure(failure.errno)
            }
        }
    }
}
