import Glibc
import LuaRuntime

/// Waits for a file descriptor on a script's thread.
enum DescriptorWait {
    /// How soon a stop is noticed, in milliseconds.
    private static let interval: Int32 = 20

    /// Waits until the descriptor is ready, or has an error that the next call will tell; false when the script was
    /// stopped first.
    static func wait(for descriptor: Int32, events: Int16) -> Bool {
        var ready = pollfd(fd: descriptor, events: events, revents: 0)
        while true {
            let count = poll(&ready, 1, interval)
            if count > 0 || (count < 0 && errno != EINTR) { return true }
            if CurrentScript.isStopping { return false }
        }
    }
}
