import Glibc

/// What scripts print could not be written; ends the script.
struct StandardOutputError: Error, CustomStringConvertible {
    /// The value of errno.
    let number: Int32

    var description: String { "cannot write to standard output: \(String(cString: strerror(number)))" }
}
