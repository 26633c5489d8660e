import Glibc

/// Who has what, as the kernel knows it: each name stands for one byte of a file, and a lock on that byte ends with its
/// process, however that dies.
///
/// Locks of an open file description (fcntl(2), F_OFD_SETLK), since those of a process would vanish whenever any part of it
/// closed the file, and would not keep two parts of it from each other.
struct ByteLocks: Sendable {
    // The same on all of Linux's architectures (asm-generic/fcntl.h); Swift does not import them.
    private static let getLock: Int32 = 36
    private static let setLock: Int32 = 37

    let path: String

    /// - Parameters:
    ///   - folder: where the file of the locks is.
    ///   - name: the file's.
    init(in folder: String, name: String) {
        // As it is now: the process may go to another working directory.
        if let whole = realpath(folder, nil) {
            path = String(cString: whole) + "/" + name
            free(whole)
        } else {
            path = folder + "/" + name
        }
    }

    /// Takes the lock of a name, without waiting.
    ///
    /// - Returns: nil while somebody has it, be it this process.
    func take(_ name: String) throws(ByteLockError) -> ByteLock? {
        let descriptor = try open(O_RDWR | O_CREAT)
        var range = Self.range(of: name)
        while fcntl(descriptor, Self.setLock, &range) != 0 {
            let number = errno
            if number == EINTR { continue }
            close(descriptor)
            if number == EAGAIN || number == EACCES { return nil }
            throw problem("cannot be locked", number)
        }
        return ByteLock(descriptor: descriptor)
    }

    /// Of each name whether somebody has its lock, be it this process.
    func areHeld(_ names: [String]) throws(ByteLockError) -> [Bool] {
        // Where there is no file nobody has a lock. To ask needs no right to write, as on a read-only file system.
        guard !names.isEmpty, access(path, F_OK) == 0 else { return names.map { _ in false } }
        let descriptor = try open(O_RDONLY)
        defer { close(descriptor) }
        return try names.map { name throws(ByteLockError) in
            var range = Self.range(of: name)
            guard fcntl(descriptor, Self.getLock, &range) == 0 else { throw problem("cannot be asked", errno) }
            return range.l_type != Int16(F_UNLCK)
        }
    }

    /// The byte that stands for a name. The file need not be that long.
    ///
    /// FNV-1a, then mixed so that each bit counts: the same in all processes, and no secret. Two names with the same byte,
    /// of which there are 2^63, would merely not be held at the same time.
    static func offset(of name: String) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
        // The last byte of a file is one below the largest offset.
        return Int(min((hash ^ hash >> 33) >> 1, UInt64(Int.max - 1)))
    }

    private static func range(of name: String) -> flock {
        var range = flock()
        range.l_type = Int16(F_WRLCK)
        range.l_whence = Int16(SEEK_SET)
        range.l_start = offset(of: name)
        range.l_len = 1
        return range
    }

    private func open(_ flags: Int32) throws(ByteLockError) -> Int32 {
        let descriptor = Glibc.open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0o600)
        guard descriptor >= 0 else { throw problem("cannot be opened", errno) }
        return descriptor
    }

    private func problem(_ what: String, _ number: Int32) -> ByteLockError {
        let remedy =
            number == ENOSPC || number == EDQUOT ? "make room on the disk" : "make the folder writable for you alone"
        return ByteLockError(description: "\(path) \(what): \(String(cString: strerror(number))); \(remedy)")
    }
}
