import CLinuxShims
import Glibc

/// One request and its answer on a plain connection.
///
/// `@unchecked`: made by one thread and handed to its loop by ``begin(on:_:)``; from then on touched on the loop's
/// thread alone.
final class PlainExchange: @unchecked Sendable {
    /// What it came to, and how much of the request the server can have.
    struct Failure: Error {
        let problem: PlainProblem
        let sent: HTTPTransportError.Sent
        /// The same of a connection on which it was sent before, in vain.
        var sentBefore = HTTPTransportError.Sent.notSent
    }

    typealias End = Result<HTTPResponse, Failure>

    private let head: [UInt8]
    private let body: [UInt8]
    private let route: PlainRoute
    private let addresses: [PlainAddress]
    private let reusesConnection: Bool
    private let deadline: Int64
    private let connectTime: Int64

    /// When it is over if nothing happens.
    private(set) var due: Int64
    /// Among the loop's exchanges; -1 for none.
    var index = -1
    private var pool: PlainPool?
    /// Called once, on the loop's thread.
    private var onEnd: ((End) -> Void)?
    private var connection: PlainConnection?
    private var parser: PlainResponseParser
    private var written = 0
    private var nextAddress = 0
    private let mayUseKept: Bool
    private var mayRepeat = true
    /// How much of it the server can have from the connection that it was sent on before.
    private var sentBefore = HTTPTransportError.Sent.notSent
    private var isCancelled = false
    private var isConnecting = false

    /// - Parameters:
    ///   - addresses: of the host, in the order of trying; empty where they are not known yet.
    ///   - mayUseKept: false where a kept connection has failed it already.
    ///   - deadline: nanoseconds of the loop's clock.
    ///   - connectTime: nanoseconds.
    init(
        _ request: HTTPRequest, head: [UInt8], to route: PlainRoute, addresses: [PlainAddress], mayUseKept: Bool,
        deadline: Int64, connectTime: Int64
    ) {
        self.head = head
        body = request.body ?? []
        self.route = route
        self.addresses = addresses
        reusesConnection = request.reusesConnection
        self.mayUseKept = mayUseKept
        self.deadline = deadline
        self.connectTime = connectTime
        due = deadline
        parser = PlainResponseParser(mostBytes: request.maximumResponseBytes)
    }

    /// How much of the request the server can have: what the kernel has taken may be there.
    private var sent: HTTPTransportError.Sent {
        if isWritten { return .maybeSent }
        return written < head.count ? .notSent : .partly
    }

    var isWritten: Bool { written == head.count + body.count }

    // MARK: - Beginning and end

    /// Sends; on the loop's thread. What is called at the end may be so before this returns.
    func begin(on pool: PlainPool, _ onEnd: @escaping (End) -> Void) {
        self.onEnd = onEnd
        self.pool = pool
        if isCancelled { return fail(.cancelled) }
        if pool.isClosed { return fail(.shutDown) }
        if isOver(at: SocketLoop.now()) { return fail(.timeout) }
        if reusesConnection, mayUseKept, let kept = pool.take(route.authority) {
            pool.loop.add(self)
            connection = kept
            kept.serve(self)
        } else if addresses.isEmpty {
            fail(.needsAddresses)
        } else {
            pool.loop.add(self)
            connect()
        }
    }

    /// Whether the whole time for it has passed.
    func isOver(at time: Int64) -> Bool { time >= deadline }

    func isOf(_ pool: PlainPool) -> Bool { self.pool === pool }

    /// Ends it; on the loop's thread.
    func cancel() {
        isCancelled = true
        if onEnd != nil { fail(.cancelled) }
    }

    /// Its time is over.
    func expire() {
        fail(isConnecting && due < deadline ? .connectTimeout : .timeout)
    }

    func fail(_ problem: PlainProblem) {
        guard onEnd != nil else { return }
        let kept = connection?.isKept ?? false
        connection?.leave()
        connection = nil
        let hasTime = !isOver(at: SocketLoop.now())
        if hasTime, problem.isOfAddress, nextAddress < addresses.count { return connect() }
        if hasTime, kept, mayRepeat, problem.isClosure, !parser.hasBegun {
            // The server closed the kept connection just when it was used again: nobody's failure. A connection of its
            // own cannot have that; closed there too, the request has failed.
            mayRepeat = false
            sentBefore = sent
            written = 0
            if addresses.isEmpty { return finish(.failure(failure(.needsAddresses))) }
            return connect()
        }
        finish(.failure(failure(problem)))
    }

    private func failure(_ problem: PlainProblem) -> Failure {
        Failure(problem: problem, sent: sent, sentBefore: sentBefore)
    }

    private func connect() {
        guard let pool else { return }
        // An address that nobody answers at is no reason to give up the others.
        while nextAddress < addresses.count {
            let address = addresses[nextAddress]
            nextAddress += 1
            isConnecting = true
            due = min(deadline, SocketLoop.now() + connectTime)
            pool.loop.note(due: due)
            do {
                let connection = try PlainConnection(to: address, authority: route.authority, pool: pool)
                self.connection = connection
                return connection.serve(self)
            } catch {
                if error.isWantOfDescriptors, pool.loop.closeIdleConnections() {
                    nextAddress -= 1
                    continue
                }
                guard nextAddress == addresses.count else { continue }
                return fail(error)
            }
        }
    }

    private func finish(_ end: End) {
        pool?.loop.remove(self)
        pool = nil
        connection = nil
        let tell = onEnd
        onEnd = nil
        tell?(end)
    }

    // MARK: - Bytes

    /// Hands the kernel what is left; returns how much it took, or -1 with `errno` set.
    func write(to descriptor: Int32) -> Int {
        let count = head.withUnsafeBytes { head in
            body.withUnsafeBytes { body in
                let fromHead = min(written, head.count)
                let fromBody = written - fromHead
                return c8_socket_send(
                    descriptor, head.baseAddress?.advanced(by: fromHead), head.count - fromHead,
                    body.baseAddress?.advanced(by: fromBody), body.count - fromBody)
            }
        }
        if count > 0 {
            written += count
            if isConnecting {
                isConnecting = false
                due = deadline
            }
        }
        return count
    }

    func receive(_ bytes: UnsafeBufferPointer<UInt8>) {
        do throws(PlainProblem) {
            let used = try parser.read(bytes)
            guard parser.isComplete else { return }
            // As much as was asked for may not be all: what is left would be the next answer.
            let hasMore = bytes.count == pool?.loop.buffer.count && connection?.isQuiet != true
            complete(keeps: used == bytes.count && !hasMore && isWritten && parser.keepsConnection)
        } catch {
            fail(error)
        }
    }

    /// The server closed the connection.
    func end() {
        do throws(PlainProblem) {
            try parser.end()
            complete(keeps: false)
        } catch {
            fail(error)
        }
    }

    private func complete(keeps: Bool) {
        if let connection {
            if keeps, reusesConnection, !connection.isEnding, let pool {
                pool.keep(connection)
            } else {
                connection.leave()
            }
        }
        finish(.success(HTTPResponse(status: parser.status, fields: parser.fields, body: parser.body)))
    }
}
