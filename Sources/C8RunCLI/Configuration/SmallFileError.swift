import Glibc

/// Why a file cannot be read: an error number of the system, described in its words.
struct SmallFileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The value of errno.
    let number: Int32

    var isNotFound: Bool { number == ENOENT || number == ENOTDIR }

    var description: String { String(cString: strerror(number)) }
}
