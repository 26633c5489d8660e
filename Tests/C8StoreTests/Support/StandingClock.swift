import C8Client

/// A clock that shows the same time for ever.
struct StandingClock: ClientClock {
    var wall: Double
    var boot: String?
    var uptime: Double

    func now() -> Double { wall }
    func monotonic() -> Double { uptime }
    var bootID: String? { boot }
    func sleep(seconds: Double) async throws {}
}
