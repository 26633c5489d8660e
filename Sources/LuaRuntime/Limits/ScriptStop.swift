import CLuaBoundary
import Synchronization

/// Stops a script, from any thread, at any time, more than once: the first reason counts.
///
/// It outlives the state it stops, and wakes whoever waits for an operation on the script's behalf.
package final class ScriptStop: Sendable {
    private struct Contents {
        /// Nil before the state is open and after it is closed. Only ever passed to `clb_request_stop`, under the lock
        /// that the closing side takes first: it cannot dangle.
        nonisolated(unsafe) var raw: OpaquePointer?
        var reason: StopReason?
        var waiting: [UInt64: HostOperation] = [:]
    }

    private let contents = Mutex(Contents())

    package init() {}

    package var reason: StopReason? { contents.withLock { $0.reason } }

    package func request(_ reason: StopReason) {
        let operations = contents.withLock { contents -> [HostOperation] in
            if contents.reason == nil { contents.reason = reason }
            if let raw = contents.raw { clb_request_stop(raw, reason.raw) }
            defer { contents.waiting = [:] }
            return Array(contents.waiting.values)
        }
        for operation in operations { operation.giveUp() }
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
            if contents.reason == nil { contents.waiting[operation.id] = operation }
            return contents.reason != nil
        }
        if isStopped { operation.giveUp() }
    }

    func unwatch(_ operation: HostOperation) {
        contents.withLock { _ = $0.waiting.removeValue(forKey: operation.id) }
    }
}
