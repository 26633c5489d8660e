import C8Platform
import OrderedCollections
import Synchronization

/// The stand-in without its socket: answers requests from its state, one at a time.
///
/// Each request passes three stations, in `answer`: what it asks for, whether its token is good, what the rules say.
/// The route is known before anything is done and the answer is a value until the end, so a fault can be put between any
/// two stations. Those of the connection itself are the server's.
final class StandIn: Sendable {
    private struct State {
        var desk: TokenDesk
        var book: OrderBook
        var records: RequestLog
        var traces: SeededGenerator
        var faults: FaultPlan
    }

    private let state: Mutex<State>
    private let clock: @Sendable () -> Double
    private let refusesTokensByMetaStatus: Bool
    private let keepsBodies: Bool
    /// Requests that have come and are not answered yet, those that wait for a delay on purpose not among them.
    let underWay = Atomic(0)
    private let seed: UInt64
    private let observer: (@Sendable (RequestRecord) -> Void)?

    init(_ configuration: EmulatorConfiguration, applications: [Application]) {
        clock = configuration.clock
        refusesTokensByMetaStatus = configuration.refusesTokensByMetaStatus
        keepsBodies = configuration.keepsBodies
        seed = configuration.seed
        observer = configuration.observer
        state = Mutex(
            State(
                desk: TokenDesk(configuration, applications: applications),
                book: OrderBook(seed: configuration.seed),
                records: RequestLog(),
                traces: SeededGenerator(seed: configuration.seed, stream: 4),
                faults: FaultPlan(configuration.faults, seed: configuration.seed)))
    }

    /// What goes wrong with the next request for this path, if anything does; to be asked once for each request.
    func fault(method: String, path: String) -> Fault? {
        guard let operation = (try? RouteTable.find(method: method, path: path))?.operation else { return nil }
        return state.withLock { $0.faults.next(for: operation) }
    }

    /// Notes a request that is never answered, since its connection is cut before anything is done.
    func noteCut(method: String, path: String, fault: FaultKind) {
        let operation = (try? RouteTable.find(method: method, path: path))?.operation
        state.withLock { state in
            note(
                RequestRecord(
                    time: clock(), operation: operation, status: 0, code: 0, fault: fault, isPerformed: false),
                in: &state)
        }
    }

    /// Under the lock, so that whoever is told hears of requests in their order.
    private func note(_ record: RequestRecord, in state: inout State) {
        state.records.append(record)
        observer?(record)
    }

    /// Answers a request: a file, or the envelope's text.
    func answer(_ request: IncomingRequest, fault: Fault? = nil) -> OutgoingAnswer {
        let answer = carriedOut(request, fault?.kind)
        switch fault?.kind {
        case .status(let status)?, .statusAfter(let status)?:
            return FaultyAnswer.page(status, retryAfter: fault?.retryAfter)
        case .envelope(let shape)? where answer.fileName == nil: return FaultyAnswer.misshapen(answer, shape)
        default: return answer
        }
    }

    private func carriedOut(_ request: IncomingRequest, _ fault: FaultKind?) -> OutgoingAnswer {
        // Reading the body is the long part, and needs no state.
        let route = Self.capture { () throws(Refusal) in try RouteTable.find(method: request.method, path: request.path)
        }
        let fields = Self.capture { () throws(Refusal) in try Self.fields(of: request) }
        let isDocumented = (try? route.get()) == .getToken
        let (envelope, given): (JSONValue, Answer) = state.withLock { state in
            let now = clock()
            let answer =
                Self.answer(insteadOfDoing: fault)
                ?? answer(request, route: route, fields: fields, now: now, state: &state)
            var record = RequestRecord(
                time: now, operation: (try? route.get())?.operation, status: answer.status, code: answer.code,
                fault: fault, isPerformed: answer.code == 200 && answer.status == 200)
            if keepsBodies {
                record.target = "\(request.method) \(request.path)"
                if let members = (try? fields.get())?.members, !members.isEmpty { record.body = .object(members) }
            }
            note(record, in: &state)
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

    /// For the faults after which nothing was done.
    private static func answer(insteadOfDoing fault: FaultKind?) -> Answer? {
        switch fault {
        case .status(let status)?: Answer(status: status, code: Int64(status), message: "")
        case .token(let way)?: FaultyAnswer.refusal(way)
        case .rateLimit?: .documented(21_185_002, "获取Token超出频率限制")
        default: nil
        }
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

    /// From now on these go wrong, each counted from its beginning.
    func setFaults(_ faults: [Fault]) {
        state.withLock { $0.faults = FaultPlan(faults, seed: seed) }
    }

    /// All orders with their codes, in the order of their creation.
    var orders: (production: [JSONValue], logistics: [JSONValue]) {
        state.withLock { state in
            func with(_ codes: [String], _ order: JSONValue) -> JSONValue {
                guard case .object(var members) = order else { return order }
                members["codes"] = .array(codes.map { .string($0) })
                return .object(members)
            }
            let production = state.book.productionNumbers.compactMap { state.book.production[$0] }
            let logistics = state.book.logistics.values.sorted { $0.orderID < $1.orderID }
            return (production.map { with($0.codes, $0.json) }, logistics.map { with($0.codes, $0.json) })
        }
    }

    var records: RequestLog {
        state.withLock { $0.records }
    }

    func expireAllTokens() {
        state.withLock { $0.desk.expireAll(now: clock()) }
    }
}
