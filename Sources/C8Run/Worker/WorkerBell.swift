import C8Client

/// Wakes the one who waits for it: rung before somebody waits, it wakes him at once.
actor WorkerBell {
    private let clock: any ClientClock
    private var isRung = false
    private var waiter: CheckedContinuation<Void, Never>?

    init(clock: any ClientClock) { self.clock = clock }

    func ring() {
        guard let waiter else {
            isRung = true
            return
        }
        self.waiter = nil
        waiter.resume()
    }

    /// Waits until it rings, or so many seconds; nil for as long as it takes.
    func wait(seconds: Double?) async {
        if isRung || (seconds ?? 1) <= 0 {
            isRung = false
            return
        }
        let timer = seconds.map { seconds in
            Task { [clock] in
                do { try await clock.sleep(seconds: seconds) } catch { return }
                self.ring()
            }
        }
        await withCheckedContinuation { waiter = $0 }
        timer?.cancel()
        isRung = false
    }
}
