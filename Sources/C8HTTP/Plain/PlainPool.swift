/// The plain connections of one transport on one loop that are kept for the next request.
///
/// `@unchecked`: touched on the loop's thread alone.
final class PlainPool: @unchecked Sendable {
    private static let mostIdle = 64
    /// Servers keep connections for a minute or longer, or say when they close them.
    private static let idleTime: Int64 = 60_000_000_000
    /// A socket that was looked at so shortly before is not asked again.
    private static let trust: Int64 = 1_000_000

    let loop: SocketLoop
    private var idle: [String: [PlainConnection]] = [:]
    private(set) var isClosed = false
    private var isKnown = false

    init(_ loop: SocketLoop) {
        self.loop = loop
    }

    /// A connection that nobody uses, that was used last.
    func take(_ authority: String) -> PlainConnection? {
        while let connection = idle[authority]?.popLast() {
            // While the thread did other things, nobody saw what the server did.
            if SocketLoop.now() - loop.lastLook < Self.trust || connection.isQuiet { return connection }
            connection.close()
        }
        return nil
    }

    func keep(_ connection: PlainConnection) {
        guard !isClosed, idle[connection.authority, default: []].count < Self.mostIdle else {
            return connection.leave()
        }
        if !isKnown {
            isKnown = true
            loop.add(self)
        }
        let now = loop.lastLook
        connection.rest(at: now)
        idle[connection.authority, default: []].append(connection)
        loop.note(due: now + Self.idleTime)
    }

    /// The server has closed an idle connection.
    func drop(_ connection: PlainConnection) {
        idle[connection.authority]?.removeAll { $0 === connection }
    }

    func closeIdle(at now: Int64) {
        for (authority, connections) in idle {
            let old = connections.filter { $0.idleSince + Self.idleTime <= now }
            for connection in old { connection.close() }
            let rest = connections.filter { $0.idleSince + Self.idleTime > now }
            idle[authority] = rest.isEmpty ? nil : rest
            for connection in rest { loop.note(due: connection.idleSince + Self.idleTime) }
        }
    }

    /// Closes its connections, and ends the exchanges on them.
    func close() {
        isClosed = true
        for exchange in loop.exchanges where exchange.isOf(self) { exchange.fail(.shutDown) }
        for connection in idle.values.joined() { connection.close() }
        idle = [:]
        loop.remove(self)
    }
}
