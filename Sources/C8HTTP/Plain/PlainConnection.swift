import Glibc

/// One TCP connection, and the exchange that it serves. Confined to its loop's thread.
final class PlainConnection {
    let descriptor: Int32
    let tag: UInt64
    let pool: PlainPool
    /// What it is kept under.
    let authority: String
    private(set) var isConnected = false
    /// Whether it has served an exchange, so that the server may have had enough of it.
    private(set) var isKept = false
    /// When it last became idle.
    private(set) var idleSince = Int64.max
    private var exchange: PlainExchange?
    private var isClosed = false
    /// Whether the server sends nothing any more after what it has sent.
    private(set) var isEnding = false

    /// Begins to connect.
    init(to address: PlainAddress, authority: String, pool: PlainPool) throws(PlainProblem) {
        let flags = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        descriptor = socket(address.family, Int32(flags), 0)
        guard descriptor >= 0 else { throw .connect(errno) }
        tag = pool.loop.makeTag(descriptor)
        self.pool = pool
        self.authority = authority
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        var problem = address.connect(descriptor)
        if problem == 0 { problem = pool.loop.add(self) }
        guard problem == 0 else {
            close()
            throw .connect(problem)
        }
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        pool.loop.remove(self)
        Glibc.close(descriptor)
    }

    /// Whether the server has neither closed the connection nor said something that nobody asked for.
    var isQuiet: Bool {
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        return count < 0 && (errno == EAGAIN || errno == EINTR)
    }

    /// Serves an exchange from now on.
    func serve(_ exchange: PlainExchange) {
        self.exchange = exchange
        write()
    }

    /// The exchange is over; the connection may serve the next.
    func rest(at now: Int64) {
        exchange = nil
        isKept = true
        idleSince = now
    }

    /// The exchange is over, and so is the connection.
    func leave() {
        exchange = nil
        close()
    }

    func handle(isReadable: Bool, isWritable: Bool, ends: Bool) {
        if ends { isEnding = true }
        guard exchange != nil else {
            // While it is idle there is nothing that a server may say.
            if isReadable {
                pool.drop(self)
                close()
            }
            return
        }
        if !isConnected {
            guard isWritable else { return }
            var problem: Int32 = 0
            var length = socklen_t(MemoryLayout<Int32>.size)
            getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &problem, &length)
            if problem != 0 { return fail(.connect(problem)) }
            isConnected = true
            // The thread may have been busy for longer than the request may take: then nothing is sent any more.
            if let exchange, exchange.isOver(at: pool.loop.lastLook) { return exchange.expire() }
        }
        guard let exchange, !exchange.isWritten, exchange.isOver(at: pool.loop.lastLook) else {
            if isWritable { write() }
            if isReadable, !isClosed { read(toTheEnd: ends) }
            return
        }
        // Nor the rest of it, without which nobody can carry it out. An answer that came before counts.
        if isReadable { read(toTheEnd: ends) }
        if self.exchange === exchange { exchange.expire() }
    }

    private func fail(_ problem: PlainProblem) {
        exchange?.fail(problem)
    }

    private func write() {
        guard let exchange, !exchange.isWritten else { return }
        while !exchange.isWritten {
            let count = exchange.write(to: descriptor)
            if count >= 0 {
                isConnected = true
                continue
            }
            let problem = errno
            switch problem {
            case EINTR: continue
            case EAGAIN, ENOTCONN: return
            case _ where !isConnected: return fail(.connect(problem))
            default:
                // The server may have answered before it closed.
                read(toTheEnd: true)
                if self.exchange != nil { fail(.broken(problem)) }
                return
            }
        }
    }

    private func read(toTheEnd: Bool) {
        let loop = pool.loop
        while let exchange {
            let count = recv(descriptor, loop.buffer.baseAddress, loop.buffer.count, 0)
            if count > 0 {
                let bytes = UnsafeBufferPointer(rebasing: loop.buffer.bindMemory(to: UInt8.self)[..<count])
                exchange.receive(bytes)
                // Less than there was room for is all there is; the next is told as a new event.
                if count < loop.buffer.count, !toTheEnd { return }
            } else if count == 0 {
                return exchange.end()
            } else {
                switch errno {
                case EINTR: continue
                case EAGAIN: return
                default: return fail(.broken(errno))
                }
            }
        }
    }
}
