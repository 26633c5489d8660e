package import Logging

/// How a stand-in behaves. The defaults are those of the documented platform.
package struct EmulatorConfiguration: Sendable {
    /// The address to listen on. The emulator's credentials are no secret, so anything but loopback needs a reason.
    package var host: String
    /// The port to listen on; 0 for any free one.
    package var port: Int
    /// How long a token lives, in seconds; decimals are allowed, for tests on a scaled clock.
    package var tokenTTL: Double
    /// The shortest time between two successful get-token calls of one access key, in seconds; decimals are allowed.
    package var tokenInterval: Double
    /// All ids, keys and tokens follow from this number: two emulators with one seed that are asked the same in the
    /// same order, at the same times, answer the same.
    package var seed: UInt64
    /// The access key of the working application; nil for one made from the seed.
    package var accessKey: String?
    /// Its secret; nil for one made from the seed.
    package var secretKey: String?
    /// Whether a new token ends the old one's life at once. The platform's page does not say, so a client must bear
    /// both.
    package var newTokenReplacesOld: Bool
    /// Refuse tokens as a gateway was observed to, instead of with codes 20324012 and 20324013: HTTP 200 and
    /// `meta.status` 401, with a message of an invalid token. Not documented by the platform.
    package var refusesTokensByMetaStatus: Bool
    /// What goes wrong on purpose; of two that fall on one request, the first counts.
    package var faults: [Fault]
    /// A request with a longer body is refused with HTTP 413.
    package var maximumBodyBytes: Int
    /// The time in seconds since 1970; replaced in tests, which then need not wait.
    package var clock: @Sendable () -> Double
    /// How delays on purpose let their seconds pass; replaced with ``clock``.
    package var sleep: @Sendable (Double) async throws -> Void
    /// Keep what each request asked for in its record; for tests, since uploads are large.
    package var keepsBodies: Bool
    /// Told of every request in the order in which they are decided, as it happens. Called with a lock held: it must be quick.
    package var observer: (@Sendable (RequestRecord) -> Void)?
    /// For the server's own messages; nil for silence.
    package var logger: Logger?

    /// A configuration; what is left out has the documented platform's value, or a harmless one.
    package init(
        host: String = "127.0.0.1", port: Int = 0, tokenTTL: Double = 28_800, tokenInterval: Double = 60,
        seed: UInt64 = 1, accessKey: String? = nil, secretKey: String? = nil, newTokenReplacesOld: Bool = false,
        refusesTokensByMetaStatus: Bool = false, maximumBodyBytes: Int = 16 << 20,
        faults: [Fault] = [],
        clockOffset: Double = 0, clock: (@Sendable () -> Double)? = nil,
        sleep: @escaping @Sendable (Double) async throws -> Void = { try await Task.sleep(for: .seconds($0)) },
        keepsBodies: Bool = false,
        observer: (@Sendable (RequestRecord) -> Void)? = nil, logger: Logger? = nil
    ) {
        self.host = host
        self.port = port
        self.tokenTTL = tokenTTL
        self.tokenInterval = tokenInterval
        self.seed = seed
        self.accessKey = accessKey
        self.secretKey = secretKey
        self.newTokenReplacesOld = newTokenReplacesOld
        self.refusesTokensByMetaStatus = refusesTokensByMetaStatus
        self.faults = faults
        self.maximumBodyBytes = maximumBodyBytes
        let clock = clock ?? WallClock.system
        self.clock = { clock() + clockOffset }
        self.sleep = sleep
        self.keepsBodies = keepsBodies
        self.observer = observer
        self.logger = logger
    }

    /// Refuses what cannot work, before anything is opened.
    func validate() throws(EmulatorError) {
        guard (0...65_535).contains(port) else { throw .invalid("the port \(port) is not between 0 and 65535") }
        guard tokenTTL.isFinite, tokenTTL > 0, tokenTTL <= 1e9 else {
            throw .invalid("the token's time to live must be above 0 seconds, not \(tokenTTL)")
        }
        guard tokenInterval.isFinite, tokenInterval >= 0, tokenInterval <= 1e9 else {
            throw .invalid("the token interval must be 0 seconds or more, not \(tokenInterval)")
        }
        guard accessKey != "", secretKey != "" else {
            throw .invalid("the access key and the secret must not be empty")
        }
        guard maximumBodyBytes > 0 else { throw .invalid("the greatest body must be above 0 bytes") }
    }
}
