import Glibc

/// A file operation that is allowed but did not work, or would go beyond a bound.
package struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// The files are not as the operation needs them, or the system refused.
        case failed
        /// A bound of the sandbox: file size, line length, open files, entries.
        case limit
    }

    package let kind: Kind
    package let description: String
    /// The system's name of the error, `ENOENT`; nil where it is not the system that refused.
    package let code: String?

    /// - Parameter doing: as a verb phrase: `read data.csv`.
    init(_ doing: String, errno number: Int32) {
        kind = .failed
        description = "cannot \(doing): \(String(cString: strerror(number)))"
        code = Self.names[number]
    }

    init(_ doing: String, _ problem: String, code: Int32? = nil) {
        kind = .failed
        description = "cannot \(doing): \(problem)"
        self.code = code.flatMap { Self.names[$0] }
    }

    private init(limit description: String) {
        kind = .limit
        self.description = description
        code = nil
    }

    static func limit(_ doing: String, _ problem: String) -> FileError {
        FileError(limit: "cannot \(doing): \(problem)")
    }

    private static let names: [Int32: String] = [
        EACCES: "EACCES", EAGAIN: "EAGAIN", EBUSY: "EBUSY", EDQUOT: "EDQUOT", EEXIST: "EEXIST", EFBIG: "EFBIG",
        EINVAL: "EINVAL", EIO: "EIO", EISDIR: "EISDIR", ELOOP: "ELOOP", EMFILE: "EMFILE", EMLINK: "EMLINK",
        ENAMETOOLONG: "ENAMETOOLONG", ENFILE: "ENFILE", ENODEV: "ENODEV", ENOENT: "ENOENT", ENOMEM: "ENOMEM",
        ENOSPC: "ENOSPC", ENOSYS: "ENOSYS", ENOTDIR: "ENOTDIR", ENOTEMPTY: "ENOTEMPTY", EPERM: "EPERM",
        EROFS: "EROFS", ESTALE: "ESTALE", ETXTBSY: "ETXTBSY", EXDEV: "EXDEV",
    ]
}
