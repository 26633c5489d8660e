import Glibc

/// What the file system says about a file.
package struct FileStatus: Sendable, Hashable {
    package enum Kind: String, Sendable {
        case file
        case directory
        case link
        /// A FIFO, a socket or a device: never opened.
        case other
    }

    /// The file itself, under whatever name.
    struct Identity: Hashable, Sendable {
        let device: UInt64
        let number: UInt64
    }

    package let kind: Kind
    package let size: Int64
    /// Seconds since 1970.
    package let modified: Double
    /// The permission bits.
    package let mode: UInt32
    let identity: Identity
    let linkCount: UInt64

    init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .directory
        case S_IFLNK: kind = .link
        default: kind = .other
        }
        size = Int64(status.st_size)
        modified = Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9
        mode = status.st_mode & 0o7777
        identity = Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
        linkCount = UInt64(status.st_nlink)
    }
}
