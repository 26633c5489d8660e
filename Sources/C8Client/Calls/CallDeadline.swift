/// When a call's whole time is over, with all its waiting and all its attempts.
struct CallDeadline: Sendable {
    /// Seconds by the clock's monotonic time.
    let end: Double
    /// Seconds that the call had in the beginning.
    let total: Double
    let clock: any ClientClock
    /// Wakes whoever waits when the time is over; the clock, but for tests.
    let timer: any ClientClock

    /// Seconds that are left, or less than nothing.
    var left: Double { end - clock.monotonic() }

    /// What is left for an attempt that begins now.
    func cut(_ timeout: Duration) -> Duration { min(timeout, .seconds(max(0.001, left))) }

    /// Runs the body, which ends soon after it is cancelled, and cancels it when the time is over. What it has got by then
    /// counts.
    ///
    /// - Parameter subject: what is waited for, for the message.
    func bound<Value: Sendable>(
        waitingFor subject: String, _ body: @escaping @Sendable () async -> Result<Value, ClientError>
    ) async throws(ClientError) -> Value {
        let left = left
        guard left > 0 else { throw over(waitingFor: subject) }
        let mark = CompletionMark()
        let (result, isOver) = await withTaskGroup(of: Result<Value, ClientError>?.self) { group in
            group.addImmediateTask {
                defer { mark.set() }
                return await body()
            }
            // Most often there was nothing to wait for, and a timer is another thread's work.
            if !mark.isSet {
                group.addTask {
                    try? await timer.sleep(seconds: left)
                    return nil
                }
            }
            var result: Result<Value, ClientError>?
            var isOver = false
            for await end in group {
                if let end { result = end } else if result == nil { isOver = true }
                group.cancelAll()
            }
            return (result, isOver)
        }
        switch result {
        case .success(let value)?: return value
        case .failure(let error)? where !isOver || Task.isCancelled: throw error
        default: throw over(waitingFor: subject)
        }
    }

    /// The error of a call whose time has passed before anything was sent.
    func over(waitingFor subject: String) -> ClientError {
        ClientError(
            kind: .timeout,
            message:
                "nothing was sent: \(Int(total.rounded())) s, the whole time of the call, went by waiting for \(subject)",
            outcome: .notSent)
    }
}
