import C8Client
import C8Run
import Glibc
import Logging

extension Doctor {
    /// Whether the platform can be reached, whether the clocks agree, and what is known of the token. Sends one request
    /// without credentials. Nothing where the configuration is not whole: that is told already.
    func platform() async -> [DoctorCheck] {
        guard let layers = try? loader.load(request, warn: { _ in }),
            let configuration = try? PlatformConfiguration(
                layers, dryRun: false, secrets: SecretReader(environment: loader.folders.environment, warn: { _ in }))
        else { return [] }
        let services = PlatformServices(
            logger: Logger(label: "c8run.doctor") { _ in SwiftLogNoOpLogHandler() }, storeUse: .insists
        ) {
            configuration
        }
        var checks = await reachability(services, configuration.baseURL)
        if case .folder(let path) = configuration.state, access(path, F_OK) == 0 {
            // To look for the token is to open the state, which would mend it.
            if await Doctor.stateContent(path).isEmpty { checks.append(await token(services)) }
        } else if case .database = configuration.state {
            // What keeps it from being looked for is told of the state.
            if await stateContent().allSatisfy({ $0.verdict == .ok }) { checks.append(await token(services)) }
        } else {
            checks.append(DoctorCheck(name: "token", verdict: .ok, text: "none is cached; the first call fetches one"))
        }
        await services.shutdown()
        return checks
    }

    private func reachability(_ services: PlatformServices, _ baseURL: String) async -> [DoctorCheck] {
        let probe: PlatformProbe
        do {
            probe = try await services.probe()
        } catch {
            return [
                DoctorCheck(
                    name: Self.reachability, verdict: .fail, text: "\((error as? ClientError)?.message ?? "\(error)")",
                    remedy: RemedyMessage.reachability.text)
            ]
        }
        let milliseconds = Int((probe.seconds * 1000).rounded(.up))
        var checks = [
            DoctorCheck(
                name: Self.reachability, verdict: .ok,
                text: "\(baseURL) answers with HTTP \(probe.status) within \(milliseconds) ms")
        ]
        guard let ahead = probe.clockAhead else {
            return checks + [DoctorCheck(name: "clock", verdict: .ok, text: "the platform's answer told no time")]
        }
        let difference = TokenStatusText.clockDifference(ahead)
        checks.append(
            DoctorCheck(
                name: "clock", verdict: difference == nil ? .ok : .warn,
                text: difference.map { "this machine's is \($0) the platform's" }
                    ?? "this machine's agrees with the platform's",
                remedy: difference.map { _ in RemedyMessage.clock.text }))
        return checks
    }

    static let reachability = "reachability"

    private func token(_ services: PlatformServices) async -> DoctorCheck {
        do {
            let status = try await services.tokens().status()
            guard status.age != nil, let expiry = status.expiresAt, let refresh = status.refreshAt else {
                return DoctorCheck(name: "token", verdict: .ok, text: "none is cached; the next call fetches one")
            }
            let now = LogTime.secondsSince1970()
            func moment(_ time: Double) -> String {
                time > now ? "in \(TokenStatusText.interval(time - now))" : "with the next call"
            }
            return DoctorCheck(
                name: "token", verdict: .ok,
                text: status.isExpired
                    ? "the cached one has expired; the next call fetches another"
                    : "cached; renewed \(moment(refresh)), ends \(moment(expiry))")
        } catch {
            return DoctorCheck(
                name: "token", verdict: .fail, text: "\((error as? ClientError)?.message ?? "\(error)")",
                remedy: RemedyMessage.token.text)
        }
    }
}
