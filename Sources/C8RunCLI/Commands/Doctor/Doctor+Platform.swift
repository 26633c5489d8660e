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
            checks.append(DoctorCheck(name: "token", verdict: .ok, text: FindingMessage.noToken.text))
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
                text: FindingMessage.answers.text([
                    "url": "\(baseURL)", "status": String(probe.status), "milliseconds": String(milliseconds),
                ]))
        ]
        guard let ahead = probe.clockAhead else {
            return checks + [DoctorCheck(name: "clock", verdict: .ok, text: FindingMessage.noTime.text)]
        }
        let difference = TokenStatusText.clockDifference(ahead)
        checks.append(
            DoctorCheck(
                name: "clock", verdict: difference == nil ? .ok : .warn,
                text: difference.map { FindingMessage.clockDiffers.text(["difference": $0]) }
                    ?? FindingMessage.clockAgrees.text,
                remedy: difference.map { _ in RemedyMessage.clock.text }))
        return checks
    }

    static let reachability = "reachability"

    private func token(_ services: PlatformServices) async -> DoctorCheck {
        do {
            let status = try await services.tokens().status()
            guard status.age != nil, let expiry = status.expiresAt, let refresh = status.refreshAt else {
                return DoctorCheck(name: "token", verdict: .ok, text: FindingMessage.noTokenYet.text)
            }
            let now = LogTime.secondsSince1970()
            func moment(_ time: Double) -> String {
                time > now
                    ? FindingMessage.inTime.text(["time": TokenStatusText.interval(time - now)])
                    : FindingMessage.withNextCall.text
            }
            return DoctorCheck(
                name: "token", verdict: .ok,
                text: status.isExpired
                    ? FindingMessage.expired.text
                    : FindingMessage.cached.text(["refresh": moment(refresh), "end": moment(expiry)]))
        } catch {
            return DoctorCheck(
                name: "token", verdict: .fail, text: "\((error as? ClientError)?.message ?? "\(error)")",
                remedy: RemedyMessage.token.text)
        }
    }
}
