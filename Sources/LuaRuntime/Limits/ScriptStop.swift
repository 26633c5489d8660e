import CLuaBoundary
import Synchronization

/// Stops a script, from any thread, at any time, more than once: the first reason counts.
///
/// A stop is for good. Where the script is one that the host calls again and again, ``interrupt(_:during:)`` ends what runs
/// in it now instead, and leaves it usable. No script can tell the two apart, or end either.
///
/// It outlives the state it stops, and wakes whoever waits for an operation on the script's behalf.
package final class ScriptStop: Sendable {
    private struct Contents {
        /// Nil before the state is open and after it is closed. Only ever passed to `clb_request_stop`, under the lock
        /// that the closing side takes first: it cannot dangle.
        nonisolated(unsafe) var raw: OpaquePointer?
        var reason: StopReason?
        /// Why what runs now is being ended; nil again once all of it has.
        var interruption: StopReason?
        /// Tasks that have not ended; kept where there may be interruptions.
        var running: Set<UInt64> = []
        var waiting: [UInt64: HostOperation] = [:]
    }

    /// Whether ``interrupt(_:during:)`` has an effect.
    let isInterruptible: Bool
    private let contents = Mutex(Contents())

    /// - Parameter isInterruptible: whether the script may be interrupted as well as stopped.
    package init(isInterruptible: Bool = false) {
        self.isInterruptible = isInterruptible
    }

    /// Why the script is stopped for good, if it is: by a request, or by a limit that the interpreter ran into.
    package var reason: StopReason? {
        contents.withLock { contents in
            if let reason = contents.reason { return reason }
            guard contents.interruption == nil, let raw = contents.raw else { return nil }
            return StopReason(clb_stop_reason(raw))
        }
    }

    package func request(_ reason: StopReason) {
        let operations = contents.withLock { contents -> [HostOperation] in
            if contents.reason == nil { contents.reason = reason }
            if let raw = contents.raw { clb_request_stop(raw, reason.raw) }
            defer { contents.waiting = [:] }
            return Array(contents.waiting.values)
        }
        for operation in operations { operation.giveUp() }
    }

    /// Ends what runs in the script now, all tasks of it, as a stop would; then the script may be used again.
    ///
    /// Nothing happens where nothing runs, or where it is being ended already.
    ///
    /// - Parameter id: only if this task is among what runs.
    package func interrupt(_ reason: StopReason, during id: UInt64? = nil) {
        let operations = contents.withLock { contents -> [HostOperation] in
            guard let raw = contents.raw, contents.reason == nil, contents.interruption == nil,
                !contents.running.isEmpty, id.map(contents.running.contains) ?? true
            else { return [] }
            contents.interruption = reason
            clb_interrupt(raw, reason.raw)
            defer { contents.waiting = [:] }
            return Array(contents.waiting.values)
        }
        for operation in operations { operation.giveUp() }
    }

    /// Has ``LuaState/endsCurrentTask()`` asked, where anything runs.
    func ask() {
        contents.withLock { contents in
            guard let raw = contents.raw, contents.reason == nil, contents.interruption == nil else { return }
            clb_ask(raw)
        }
    }

    /// Whether there is something to interrupt.
    package var isRunning: Bool { contents.withLock { !$0.running.isEmpty && $0.interruption == nil } }

    /// Whether an interruption has not ended everything yet.
    var isInterrupting: Bool { contents.withLock { $0.interruption != nil } }

    func taskBegins(_ id: UInt64) {
        guard isInterruptible else { return }
        contents.withLock { _ = $0.running.insert(id) }
    }

    /// On the script's thread. With the last task that it was to end, an interruption is over.
    func taskEnds(_ id: UInt64) {
        guard isInterruptible else { return }
        contents.withLock { contents in
            contents.running.remove(id)
            guard contents.running.isEmpty, contents.interruption != nil else { return }
            contents.interruption = nil
            if let raw = contents.raw { clb_end_interruption(raw) }
        }
    }

    func attach(_ raw: OpaquePointer) {
        contents.withLock { contents in
            contents.raw = raw
            if let reason = contents.reason { clb_request_stop(raw, reason.raw) }
        }
    }

    func detach() {
        contents.withLock { $0.raw = nil }
    }

    /// The operation is given up when the script is stopped, at once if it is being stopped already.
    func watch(_ operation: HostOperation) {
        let isStopped = contents.withLock { contents -> Bool in
            let isStopped = contents.reason != nil || contents.interruption != nil
            if !isStopped { contents.waiting[operation.id] = operation }
            return isStopped
        }
        if isStopped { operation.giveUp() }
    }

    func unwatch(_ operation: HostOperation) {
        contents.withLock { _ = $0.waiting.removeValue(forKey: operation.id) }
    }
}
