import Glibc

/// A signal that asks c8run to stop.
enum StopSignal: Int32, Sendable, CaseIterable {
    /// Control-C.
    case interrupt = 2
    /// What `kill` and service managers send.
    case terminate = 15
    /// The terminal went away.
    case hangUp = 1

    /// The exit code of a process that a signal stopped, as shells count: 128 and the signal's number.
    var exitCode: Int32 { 128 + rawValue }
}
