import CLuaBoundary
import Dispatch

/// Stops or interrupts a script when its time is over, from a thread of its own: the shared pool may be busy with other scripts' host
/// functions just when one of them is to be stopped.
package final class Watchdog: Sendable {
    private static let stackSize = 256 << 10

    private let deadline: DispatchTime
    private let onTimeout: @Sendable () -> Void
    private let ending = DispatchSemaphore(value: 0)

    /// Starts to watch: requests `.timeout` of `stop` after the time, unless `cancel()` comes first.
    ///
    /// - Throws: ``LuaError`` of kind host when the system gives no thread.
    package convenience init(timeout: Duration, stop: ScriptStop) throws(LuaError) {
        try self.init(timeout: timeout) { stop.request(.timeout) }
    }

    /// Starts to watch: calls `onTimeout` after the time, on the watch's thread, unless `cancel()` comes first.
    init(timeout: Duration, onTimeout: @escaping @Sendable () -> Void) throws(LuaError) {
        let (seconds, attoseconds) = timeout.components
        deadline =
            .now() + .nanoseconds(Int(clamping: attoseconds / 1_000_000_000)) + .seconds(Int(min(seconds, 1 << 32)))
        self.onTimeout = onTimeout
        let context = Unmanaged.passRetained(self)
        let result = clb_start_thread(
            Self.stackSize, "c8run-watchdog",
            { context in Unmanaged<Watchdog>.fromOpaque(context).takeRetainedValue().watch() }, context.toOpaque())
        if result != 0 {
            context.release()
            throw LuaError(
                kind: .host,
                message: "cannot start a thread to watch the script's time (error \(result)): too many threads, or too "
                    + "little memory")
        }
    }

    /// Ends the watch; the script is not stopped any more.
    package func cancel() {
        ending.signal()
    }

    private func watch() {
        if ending.wait(timeout: deadline) == .timedOut { onTimeout() }
    }
}
