import C8Client
import C8Emulator
import C8Run
import Logging

/// The platform that one file's tests talk to: a fresh emulator for each test that calls it, unless the operator has named
/// another one, or an emulator of a group around the test lives still.
actor TestPlatform {
    /// What is talked to where no test says anything else.
    enum Choice: Sendable {
        /// With further bindings.
        case emulator([PlatformConfiguration.Bindings])
        case platform(@Sendable () async throws -> PlatformConfiguration)
    }

    private struct Scope {
        var emulators: [Emulator] = []
        /// The latest, as the host is to use it.
        var current: PlatformConfiguration?
        var starting: Task<PlatformConfiguration, any Error>?
    }

    private let choice: Choice
    private let clock: TestClock
    /// What requests go through.
    private let traffic: Traffic
    private let logger: Logger
    private var scopes = [Scope()]
    private var isDead = false
    /// Those who have to forget what they know of it when it changes.
    private var services: [PlatformServices] = []

    init(_ choice: Choice, traffic: Traffic = .live, clock: TestClock, logger: Logger) {
        self.choice = choice
        self.traffic = traffic
        self.clock = clock
        self.logger = logger
    }

    /// The platform as a host sees it; the same one for all hosts of a test.
    nonisolated func makeServices() -> PlatformServices {
        PlatformServices(logger: logger, traffic: traffic, clock: clock.background) { [weak self] in
            guard let self else { throw CancellationError() }
            return try await self.configuration()
        }
    }

    /// Services that are renewed when the platform changes.
    func register(_ services: PlatformServices) { self.services.append(services) }

    func forget(_ services: PlatformServices) { self.services.removeAll { $0 === services } }

    private func configuration() async throws -> PlatformConfiguration {
        if isDead { throw ClientError(kind: .cancelled, message: "the test has killed this run", outcome: .notSent) }
        if let known = scopes.last(where: { $0.current != nil })?.current { return known }
        if case .platform(let configuration) = choice { return try await configuration() }
        let place = scopes.count - 1
        if let starting = scopes[place].starting { return try await starting.value }
        let task = Task { try await start(TestEmulatorOptions(), at: place).0 }
        scopes[place].starting = task
        return try await task.value
    }

    /// Starts an emulator that counts from now on.
    func start(_ options: TestEmulatorOptions) async throws -> Emulator {
        let started = try await start(options, at: scopes.count - 1)
        for known in services { await known.renew() }
        return started.1
    }

    private func start(_ options: TestEmulatorOptions, at place: Int) async throws -> (PlatformConfiguration, Emulator)
    {
        let clock = clock.background
        let emulator = try await Emulator.start(
            EmulatorConfiguration(
                tokenTTL: options.tokenTTL, tokenInterval: options.tokenInterval, seed: options.seed,
                faults: options.faults, clock: { clock.now() }, sleep: { try await clock.sleep(seconds: $0) },
                keepsBodies: true))
        var further: [PlatformConfiguration.Bindings] = []
        if case .emulator(let bindings) = choice { further = bindings }
        let secret = emulator.secretKey
        let configuration = PlatformConfiguration(
            profile: "emulator", baseURL: emulator.baseURL, accessKey: emulator.accessKey,
            secret: .secretKey { secret },
            bindings: [.data(emulator.bindingsJSON, name: "emulator")] + further + options.bindings,
            state: .memory, tokenInterval: .seconds(options.tokenInterval))
        guard scopes.indices.contains(place) else {
            await emulator.stop()
            throw CancellationError()
        }
        scopes[place].emulators.append(emulator)
        scopes[place].current = configuration
        return (configuration, emulator)
    }

    /// A test or a group begins.
    func push() { scopes.append(Scope()) }

    /// It has ended, and with it the emulators that were started in it.
    func pop() async {
        guard scopes.count > 1, let scope = scopes.popLast() else { return }
        isDead = false
        _ = try? await scope.starting?.value
        guard !scope.emulators.isEmpty else { return }
        for known in services { await known.renew() }
        for emulator in scope.emulators { await emulator.stop() }
    }

    /// Everything ends.
    func stop() async {
        while scopes.count > 1 { await pop() }
        for known in services { await known.shutdown() }
        for emulator in scopes[0].emulators { await emulator.stop() }
        scopes = [Scope()]
    }

    /// From now on nothing reaches the platform.
    func die() async {
        isDead = true
        for known in services { await known.renew() }
    }

    func revive() async {
        isDead = false
        for known in services { await known.renew() }
    }

    private var emulators: [Emulator] { scopes.flatMap(\.emulators) }

    /// Requests that emulators have begun and not answered, and all that they were ever asked.
    var requests: (underWay: Int, total: Int) {
        emulators.reduce(into: (0, 0)) { sums, emulator in
            sums.0 += emulator.requestsUnderWay
            sums.1 += emulator.requestLog.total
        }
    }
}
