import C8Platform
import Synchronization

/// The stand-in without its socket: answers requests from its state, one at a time.
///
/// Each request passes three stations, in `answer`: what it asks for, whether its token is good, what the rules say.
/// The route is known before anything is done and the answer is a value until the end, so a fault (an error instead of
/// an answer, a delay, an answer after which nothing was done) can be put between any two stations.
final class StandIn: Sendable {
    private struct State {
        var desk: TokenDesk
        var book: OrderBook
        var records: RequestLog
        var traces: SeededGenerator
    }

    private let state: Mutex<State>
    private let clock: @Sendable () -> Double
    private let refusesTokensByMetaStatus: Bool

    init(_ configuration: EmulatorConfiguration, applications: [Application]) {
        clock = configuration.clock
        refusesTokensByMetaStatus = configuration.refusesTokensByMetaStatus
        state = Mutex(
            State(
                desk: TokenDesk(configuration, applications: applications),
                book: OrderBook(seed: configuration.seed),
                records: RequestLog(),
                traces: SeededGenerator(seed: configuration.seed, stream: 4)))
    }

    /// Answers a request: a file, or the envelope's text.
    func answer(_ request: IncomingRequest) -> OutgoingAnswer {
        // Reading the body is the long part, and needs no state.
        let route = Self.capture { () throws(Refusal) in try RouteTable.find(method: request.method, path: request.path)
        }
        let fields = Self.capture { () throws(Refusal) in try Self.fields(of: request) }
        let isDocumented = (try? route.get()) == .getToken
        let (envelope, given): (JSONValue, Answer) = state.withLock { state in
            let now = clock()
            let answer = answer(request, route: route, fields: fields, now: now, state: &state)
            state.records.append(
                RequestRecord(
                    time: now, operation: (try? route.get())?.operation, status: answer.status, code: answer.code))
            return (answer.envelope(now: now, traceID: state.traces.uuid()), answer)
        }
        if let file = given.file {
            return OutgoingAnswer(
                status: given.status, type: file.type, fileName: file.name, isDocumented: false, body: file.bytes)
        }
        // An envelope holds strings and finite numbers only, so there is always a text.
        return OutgoingAnswer(
            status: given.status, type: "application/json", fileName: nil, isDocumented: isDocumented,
            body: (try? JSONSerializer.serialize(envelope)) ?? [])
    }

    private func answer(
        _ request: IncomingRequest, route: Result<Route, Refusal>, fields: Result<Fields, Refusal>, now: Double,
        state: inout State
    ) -> Answer {
        do throws(Refusal) {
            switch try route.get() {
            case .getToken:
                return try state.desk.fetch(try fields.get(), now: now)
            case .operation(let operation, let orderNo):
                do throws(TokenDesk.TokenProblem) {
                    try state.desk.check(request.authorization, now: now)
                } catch {
                    return refusal(of: error)
                }
                if MadeUpCatalogue.byID[operation]?.shape == .download {
                    return Answer(file: try state.book.download(operation, key: orderNo ?? ""))
                }
                return .success(
                    try state.book.perform(operation, orderNo: orderNo ?? "", fields: try fields.get(), now: now))
            }
        } catch {
            return .refused(error)
        }
    }

    private func refusal(of problem: TokenDesk.TokenProblem) -> Answer {
        if refusesTokensByMetaStatus {
            return Answer(code: 401, message: "无效的token,请重新认证", meta: ["status": 401])
        }
        return switch problem {
        case .unknown: .documented(20_324_012, "AccessToken无效")
        case .expired: .documented(20_324_013, "AccessToken已过期")
        }
    }

    private static func fields(of request: IncomingRequest) throws(Refusal) -> Fields {
        guard let body = request.body else { throw .bodyTooLarge }
        if let type = request.contentType, type.lowercased().hasPrefix("multipart/form-data") {
            return Fields(try MultipartReader.fields(of: body, contentType: type))
        }
        // GET and DELETE carry nothing but the path here.
        return try Fields(body: request.method == "POST" ? body : [])
    }

    private static func capture<Value>(_ body: () throws(Refusal) -> Value) -> Result<Value, Refusal> {
        do throws(Refusal) {
            return .success(try body())
        } catch {
            return .failure(error)
        }
    }

    // MARK: For tests

    var records: RequestLog {
        state.withLock { $0.records }
    }

    func expireAllTokens() {
        state.withLock { $0.desk.expireAll(now: clock()) }
    }
}
