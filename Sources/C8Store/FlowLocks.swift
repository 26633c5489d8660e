import C8Flow
import Glibc

/// Who runs a flow, as the kernel knows it: a lock on one byte of the file `flows.lock`, which ends with its process,
/// however that dies.
///
/// Locks of an open file description (fcntl(2), F_OFD_SETLK), since those of a process would vanish whenever any part of it
/// closed the file, and would not keep two parts of it from each other.
struct FlowLocks: Sendable {
    static let fileName = "flows.lock"
    // The same on all of Linux's architectures (asm-generic/fcntl.h); Swift does not import them.
    private static let getLock: Int32 = 36
    private static let setLock: Int32 = 37

    let path: String

    /// - Parameter folder: where the file of the locks is.
    init(in folder: String) {
        // As it is now: the process may go to another working directory.
        if let whole = realpath(folder, nil) {
            path = String(cString: whole) + "/" + Self.fileName
            free(whole)
        } else {
            path = folder + "/" + Self.fileName
        }
    }

    /// Takes the flow's lock, without waiting.
    ///
    /// - Returns: nil while somebody has it, be it this process.
    func take(_ id: FlowID) throws(FlowJournalError) -> FlowLock? {
        let descriptor = try open(O_RDWR | O_CREAT)
        var range = Self.range(of: id)
        while fcntl(descriptor, Self.setLock, &range) != 0 {
            let number = errno
            if number == EINTR { continue }
            close(descriptor)
            if number == EAGAIN || number == EACCES { return nil }
            throw problem("cannot be locked", number)
        }
        return FlowLock(descriptor: descriptor)
    }

    /// Those of the flows that somebody has, be it this process.
    func held(among ids: [FlowID]) throws(FlowJournalError) -> Set<FlowID> {
        // Where there is no file nobody has a lock. To ask needs no right to write, as on a read-only file system.
        guard !ids.isEmpty, access(path, F_OK) == 0 else { return [] }
        let descriptor = try open(O_RDONLY)
        defer { close(descriptor) }
        var held: Set<FlowID> = []
        for id in ids {
            var range = Self.range(of: id)
            guard fcntl(descriptor, Self.getLock, &range) == 0 else { throw problem("cannot be asked", errno) }
            if range.l_type != Int16(F_UNLCK) { held.insert(id) }
        }
        return held
    }

    /// The byte that stands for a flow. The file need not be that long.
    ///
    /// FNV-1a, then mixed so that each bit counts: the same in all processes, and no secret. Two flows with the same byte,
    /// of which there are 2^63, would merely not run at the same time.
    static func offset(of id: FlowID) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in id.text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
        // The last byte of a file is one below the largest offset.
        return Int(min((hash ^ hash >> 33) >> 1, UInt64(Int.max - 1)))
    }

    private static func range(of id: FlowID) -> flock {
        var range = flock()
        range.l_type = Int16(F_WRLCK)
        range.l_whence = Int16(SEEK_SET)
        range.l_start = offset(of: id)
        range.l_len = 1
        return range
    }

    private func open(_ flags: Int32) throws(FlowJournalError) -> Int32 {
        let descriptor = Glibc.open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0o600)
        guard descriptor >= 0 else { throw problem("cannot be opened", errno) }
        return descriptor
    }

    private func problem(_ what: String, _ number: Int32) -> FlowJournalError {
        let remedy =
            number == ENOSPC || number == EDQUOT ? "make room on the disk" : "make the folder writable for you alone"
        return .storage("\(path) \(what): \(String(cString: strerror(number))); \(remedy)")
    }
}
