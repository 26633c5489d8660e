import Glibc

/// Standard output could not take a command's result.
struct OutputError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The value of errno.
    let number: Int32

    /// True where the reader merely went away (`c8run api list | head`), which nobody needs to be told.
    var isReaderGone: Bool { number == EPIPE }

    var description: String { "cannot write to standard output: \(String(cString: strerror(number)))" }
}
