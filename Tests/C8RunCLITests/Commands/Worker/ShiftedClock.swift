import C8Client
import Synchronization

/// The machine's clock, set forward as a test says.
final class ShiftedClock: ClientClock {
    private let machine = SystemClock()
    private let shift = Mutex(0.0)

    /// Seconds.
    var offset: Double {
        get { shift.withLock { $0 } }
        set { shift.withLock { $0 = newValue } }
    }

    var bootID: String? { machine.bootID }
    func now() -> Double { machine.now() + offset }
    func monotonic() -> Double { machine.monotonic() + offset }
    func sleep(seconds: Double) async throws { try await machine.sleep(seconds: seconds) }
}
