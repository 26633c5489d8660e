/// The plain connections of one transport on one loop that are kept for the next request.
///
/// `@unchecked`: touched on the loop's thread alone.
final class PlainPool: @unchecked Sendable {
    private static let mostIdle = 64
    /// Servers keep connections for a minute or longer, or say when they close them.
    private static let idleTime: Int64 = 60_000_000_000
    /// A socket that was looked at so shortly before is not asked again: what a server has sent since is hardly there yet.
    private static let trust: Int64 = 50_000

    let loop: SocketLoop
    private var idle: [String: PlainIdleList] = [:]
    /// The one that was used last.
    private var recent: (authority: String, list: PlainIdleList)?
    private(set) var isClosed = false
    private var isKnown = false

    init(_ loop: SocketLoop) {
        self.loop = loop
    }

    /// A connection that nobody uses, that was used last.
    func take(_ authority: String) -> PlainConnection? {
        let list = list(authority)
        while let connection = list.connections.popLast() {
            // While the thread did other things, nobody saw what the server did.
            if SocketLoop.now() - loop.lastLook < Self.trust || connection.isQuiet { return connection }
            connection.close()
        }
        return nil
    }

    private func list(_ authority: String) -> PlainIdleList {
        if let recent, recent.authority == authority { return recent.list }
        let list = idle[authority] ?? PlainIdleList()
        idle[authority] = list
        recent = (authority, list)
        return list
    }

    func keep(_ connection: PlainConnection) {
        let list = list(connection.authority)
        guard !isClosed, list.connections.count < Self.mostIdle else { return connection.leave() }
        if !isKnown {
            isKnown = true
            loop.add(self)
        }
        let now = loop.lastLook
        connection.rest(at: now)
        list.connections.append(connection)
        loop.note(due: now + Self.idleTime)
    }

    /// The server has closed an idle connection.
    func drop(_ connection: PlainConnection) {
        idle[connection.authority]?.connections.removeAll { $0 === connection }
    }

    func closeIdle(at now: Int64) {
        recent = nil
        for (authority, list) in idle {
            for connection in list.connections where connection.idleSince + Self.idleTime <= now { connection.close() }
            list.connections.removeAll { $0.idleSince + Self.idleTime <= now }
            if list.connections.isEmpty { idle[authority] = nil }
            for connection in list.connections { loop.note(due: connection.idleSince + Self.idleTime) }
        }
    }

    /// Closes all connections that nobody uses; false where there were none.
    func closeAllIdle() -> Bool {
        var hasClosed = false
        for list in idle.values {
            for connection in list.connections {
                connection.close()
                hasClosed = true
            }
            list.connections = []
        }
        return hasClosed
    }

    /// Closes its connections, and ends the exchanges on them.
    func close() {
        isClosed = true
        for exchange in loop.exchanges where exchange.isOf(self) { exchange.fail(.shutDown) }
        _ = closeAllIdle()
        (idle, recent) = ([:], nil)
        loop.remove(self)
    }
}
