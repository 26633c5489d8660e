import Glibc

/// A file or folder of tests that cannot be read.
public struct TestFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// As it was given, or found.
    public let path: String
    /// The system's error number.
    public let number: Int32

    /// A sentence for people.
    public var description: String { "cannot read \(path): \(String(cString: strerror(number)))" }

    /// Whether it is not there.
    public var isNotFound: Bool { number == ENOENT }
}
