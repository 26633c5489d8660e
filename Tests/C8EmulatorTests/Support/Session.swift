import C8Emulator
import C8Platform

/// A running emulator with the means to talk to it.
struct Session: Sendable {
    struct NotBound: Error {
        let operation: OperationID
    }

    let emulator: Emulator
    let clock: ManualClock

    var probe: Probe {
        Probe(port: emulator.port)
    }

    /// Calls get-token and returns its envelope.
    func getToken(accessKey: JSONValue? = nil, sign: JSONValue? = nil) async throws -> JSONValue {
        let body: JSONValue = [
            "accessKey": accessKey ?? .string(emulator.accessKey),
            "secretKeySign": sign ?? .string(emulator.secretKeySign),
        ]
        return try await post("/cncop/ca/v1/applications/get-token", body)
    }

    /// A new token.
    func token() async throws -> String {
        try await getToken()["data"]?["accessToken"]?.stringValue ?? ""
    }

    /// Posts JSON and returns the envelope.
    func post(_ path: String, _ body: JSONValue, token: String? = nil) async throws -> JSONValue {
        let answer = try await probe.send(
            "POST", path, headers: ["Content-Type: application/json"] + Self.authorization(token),
            body: JSONSerializer.serialize(body))
        return try JSONParser.parse(answer.body)
    }

    /// Calls an operation the way a client does, by the emulator's bindings, and returns its envelope.
    func call(_ operation: OperationID, _ body: JSONValue, token: String) async throws -> JSONValue {
        guard let binding = emulator.bindings[operation] else { throw NotBound(operation: operation) }
        let request = try binding.makeRequest(body: body)
        let answer = try await probe.send(
            request.method.rawValue, request.target, headers: Self.authorization(token),
            body: request.body.map { body throws in try JSONSerializer.serialize(body) } ?? [])
        return try JSONParser.parse(answer.body)
    }

    private static func authorization(_ token: String?) -> [String] {
        token.map { ["Authorization: \($0)"] } ?? []
    }
}

/// Starts an emulator on a clock that stands still, runs `body`, and stops it.
func withEmulator<Value>(
    _ configure: (inout EmulatorConfiguration) -> Void = { _ in }, _ body: (Session) async throws -> Value
) async throws -> Value {
    let clock = ManualClock()
    var configuration = EmulatorConfiguration(clock: clock.read)
    configure(&configuration)
    let emulator = try await Emulator.start(configuration)
    do {
        let value = try await body(Session(emulator: emulator, clock: clock))
        await emulator.stop()
        return value
    } catch {
        await emulator.stop()
        throw error
    }
}

/// `count` codes of 32 characters, all different, and different for each `series`.
func makeCodes(_ count: Int, series: Int = 0) -> [String] {
    (0..<count).map { index in
        let digits = "\(series)x\(index)"
        return String(repeating: "A", count: 32 - digits.count) + digits
    }
}

extension JSONValue {
    /// Codes as an upload wants them.
    static func codes(_ codes: [String]) -> JSONValue {
        .array(codes.map { .string($0) })
    }
}
