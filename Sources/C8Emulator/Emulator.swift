package import C8Platform
import Synchronization

/// A local stand-in for the platform: get-token exactly as documented, and a small business of production and logistics
/// orders below `/emulator/…`, with bindings of its own.
///
/// It is for trying scripts and for tests. What it does beyond get-token is this project's invention and says nothing
/// of the platform. It listens on loopback, keeps its state in memory, and its credentials follow from a seed.
///
/// Besides the working application there are two to try refusals with: ``disabledAccessKey`` is answered 21184032, and
/// ``brokenAccessKey`` 500.
package final class Emulator: Sendable {
    /// Where it listens, such as `http://127.0.0.1:41234`, without a slash at the end.
    package let baseURL: String
    /// The port it listens on.
    package let port: Int
    /// The access key of the working application.
    package let accessKey: String
    /// The secret of the working application.
    package let secretKey: String
    /// What get-token wants as `secretKeySign`: the MD5 of the secret.
    package let secretKeySign: String
    /// The access key of an application that is disabled; its secret is ``secretKey``.
    package let disabledAccessKey: String
    /// The access key of an application for which get-token always answers 500; its secret is ``secretKey``.
    package let brokenAccessKey: String
    /// How its operations are called.
    package let bindings: BindingSet

    private let standIn: StandIn
    private let loop: ServerLoop

    /// The bindings of every emulator, as a bindings file.
    package static var bindingsFile: [UInt8] { EmulatorBindings.json }

    /// The bindings as a bindings file.
    package var bindingsJSON: [UInt8] {
        EmulatorBindings.json
    }

    /// What it was asked so far.
    package var requestLog: RequestLog {
        standIn.records
    }

    /// Starts an emulator and returns when it accepts connections.
    ///
    /// - Throws: ``EmulatorError`` when the configuration makes no sense, or the port cannot be listened on.
    package static func start(
        _ configuration: EmulatorConfiguration = EmulatorConfiguration()
    ) async throws(EmulatorError) -> Emulator {
        try configuration.validate()
        let bindings = try EmulatorBindings.load()
        let applications = Self.applications(configuration)
        let standIn = StandIn(
            configuration, applications: [applications.working, applications.disabled, applications.broken])
        let loop = try await ServerLoop.start(configuration, standIn: standIn)
        return Emulator(configuration, applications: applications, bindings: bindings, standIn: standIn, loop: loop)
    }

    private typealias Applications = (working: Application, disabled: Application, broken: Application)

    private init(
        _ configuration: EmulatorConfiguration, applications: Applications, bindings: BindingSet, standIn: StandIn,
        loop: ServerLoop
    ) {
        let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
        baseURL = "http://\(host):\(loop.port)"
        port = loop.port
        accessKey = applications.working.accessKey
        secretKey = applications.working.secretKey
        secretKeySign = applications.working.secretKeySign
        disabledAccessKey = applications.disabled.accessKey
        brokenAccessKey = applications.broken.accessKey
        self.bindings = bindings
        self.standIn = standIn
        self.loop = loop
    }

    private static func applications(_ configuration: EmulatorConfiguration) -> Applications {
        var generator = SeededGenerator(seed: configuration.seed, stream: 1)
        var identifiers = IdentifierSource(seed: ~configuration.seed)
        // Everything is drawn before the configuration is asked, so that setting one value does not change the others.
        let keys = (0..<4).map { _ in generator.hexadecimal(draws: 2) }
        let secret = configuration.secretKey ?? keys[1]
        func application(_ accessKey: String, _ state: Application.State) -> Application {
            Application(id: identifiers.next(), accessKey: accessKey, secretKey: secret, state: state)
        }
        return (
            application(configuration.accessKey ?? keys[0], .working), application(keys[2], .disabled),
            application(keys[3], .broken)
        )
    }

    /// Ends the life of every token handed out so far: the next call with one of them is refused with 20324013.
    package func expireAllTokens() {
        standIn.expireAllTokens()
    }

    /// From now on these faults happen and no others, each counted from its beginning.
    package func setFaults(_ faults: [Fault]) { standIn.setFaults(faults) }

    /// The production orders that it holds, oldest first, each with all of its `codes`.
    package var productionOrders: [JSONValue] { standIn.orders.production }

    /// The logistics orders that it holds, oldest first, each with all of its `codes`.
    package var logisticsOrders: [JSONValue] { standIn.orders.logistics }

    /// How many requests it has begun and not answered; those that wait for a delay on purpose do not count.
    package var requestsUnderWay: Int { standIn.underWay.load(ordering: .relaxed) }

    /// Stops listening and returns when all connections are closed. Requests that have begun are answered. Calling it
    /// again does nothing.
    package func stop() async {
        await loop.stop()
    }
}
