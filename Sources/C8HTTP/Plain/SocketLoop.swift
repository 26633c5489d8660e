import CLinuxShims
import Glibc
import Synchronization

/// Readiness of plain sockets, on one thread: connections that were made on it are read, written and closed there, so that an
/// exchange costs no change of threads.
///
/// Whoever owns a thread calls ``wait(mayBlock:)`` on it whenever there is nothing else to do: a script's thread does, and
/// ``LoopThread`` does nothing else.
///
/// `@unchecked`: all but the inbox is touched on the loop's own thread alone, between ``begin()`` and ``end()``; others reach
/// it through ``submit(_:)``.
package final class SocketLoop: @unchecked Sendable {
    private struct Inbox {
        var work: [@Sendable () -> Void] = []
        var isWaiting = false
        var hasEnded = false
    }

    private static let mostEvents = 64
    private static let bufferSize = 64 << 10
    private static let bellTag = UInt64.max

    private let inbox = Mutex(Inbox())
    private let events: Int32
    private let bell: Int32
    private let found = UnsafeMutablePointer<c8_event>.allocate(capacity: SocketLoop.mostEvents)
    /// What is read from sockets, each time anew.
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: SocketLoop.bufferSize, alignment: 16)

    /// By descriptor.
    private var connections: [PlainConnection?] = []
    private var lastGeneration: UInt32 = 0
    private(set) var exchanges: [PlainExchange] = []
    private var pools: [PlainPool] = []
    /// When to look for exchanges whose time is over, and for connections that nobody has used for long.
    private var nextCheck = Int64.max
    private var haste = LoopHaste()
    /// When sockets were last looked at.
    private(set) var lastLook: Int64 = 0

    /// A failure to open what is needed: no descriptor is free.
    package struct OpenFailure: Error {
        package let number: Int32
    }

    package init() throws(OpenFailure) {
        events = c8_events_open()
        bell = c8_bell_open()
        guard events >= 0 else { throw OpenFailure(number: -events) }
        guard bell >= 0 else { throw OpenFailure(number: -bell) }
        let result = c8_events_add(events, bell, Self.bellTag)
        guard result == 0 else { throw OpenFailure(number: -result) }
    }

    deinit {
        for descriptor in [events, bell] where descriptor >= 0 { close(descriptor) }
        found.deallocate()
        buffer.deallocate()
    }

    // MARK: - Its thread

    /// The loop whose thread this is; opened now where the thread is to have one when it first asks.
    static var current: SocketLoop? {
        if let known = pthread_getspecific(key) { return Unmanaged<SocketLoop>.fromOpaque(known).takeUnretainedValue() }
        return LazySocketLoop.current?.opened()
    }

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        return key
    }()

    /// This thread is the loop's from now on.
    package func begin() {
        pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Does what has come for sockets, and waits for it where there is nothing yet, at most until ``wake()``.
    package func wait(mayBlock: Bool) {
        runInbox()
        var milliseconds: Int32 = 0
        if mayBlock {
            let mayWait = inbox.withLock { inbox in
                inbox.isWaiting = inbox.work.isEmpty
                return inbox.isWaiting
            }
            if mayWait { milliseconds = timeToCheck() }
        }
        var count = milliseconds == 0 || exchanges.isEmpty ? look(milliseconds) : watch(milliseconds)
        if mayBlock { inbox.withLock { $0.isWaiting = false } }
        for index in 0..<count { handle(found[index]) }
        // What has come counts, also where it is more than one look shows: all is seen before an exchange is told that its
        // time is over. What comes meanwhile is shown last, so that so many looks are enough.
        var looks = connections.count / Self.mostEvents + 1
        while count == Self.mostEvents, looks > 0, lastLook >= nextCheck {
            count = look(0)
            for index in 0..<count { handle(found[index]) }
            looks -= 1
        }
        runInbox()
        if lastLook >= nextCheck { check(at: lastLook) }
    }

    /// Waits for answers: for a while awake, where the last ones came so soon that to sleep would have cost more.
    private func watch(_ milliseconds: Int32) -> Int {
        let began = Self.now()
        let limit = haste.limit()
        if limit > 0 {
            repeat {
                let count = look(0)
                guard count == 0 else {
                    haste.waited(lastLook - began)
                    return count
                }
            } while lastLook - began < limit && lastLook < nextCheck
            haste.waitedInVain()
        }
        let count = look(milliseconds)
        haste.waited(lastLook - began)
        return count
    }

    /// How many events there are in what was found.
    private func look(_ milliseconds: Int32) -> Int {
        let count = Int(c8_events_wait(events, found, Int32(Self.mostEvents), milliseconds))
        lastLook = Self.now()
        return max(0, count)
    }

    /// What the body sends goes by another thread: this one is to be blocked, and serves nothing meanwhile.
    package func withoutServing<Value>(_ body: () -> Value) -> Value {
        let served = pthread_getspecific(Self.key)
        pthread_setspecific(Self.key, nil)
        defer { pthread_setspecific(Self.key, served) }
        return body()
    }

    /// Ends the present or the next ``wait(mayBlock:)``; from any thread.
    package func wake() {
        var one: UInt64 = 1
        _ = write(bell, &one, 8)
    }

    /// Whether ``end()`` was called.
    var hasEnded: Bool { inbox.withLock { $0.hasEnded } }

    /// Whether no exchange is under way. Asked on the loop's thread.
    package var isIdle: Bool { exchanges.isEmpty && inbox.withLock { $0.work.isEmpty } }

    /// Closes everything; the thread serves no sockets any more.
    package func end() {
        runInbox()
        let rest = inbox.withLock { inbox in
            inbox.hasEnded = true
            defer { inbox.work = [] }
            return inbox.work
        }
        for work in rest { work() }
        for exchange in exchanges { exchange.fail(.loopEnded) }
        for case let connection? in connections { connection.close() }
        for pool in pools { pool.close() }
        pools = []
        pthread_setspecific(Self.key, nil)
    }

    /// Does something on the loop's thread; from any thread.
    ///
    /// - Returns: false where the loop has ended.
    @discardableResult
    func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
        let (isTaken, mustWake) = inbox.withLock { inbox -> (Bool, Bool) in
            if inbox.hasEnded { return (false, false) }
            inbox.work.append(work)
            defer { inbox.isWaiting = false }
            return (true, inbox.isWaiting)
        }
        if mustWake { wake() }
        return isTaken
    }

    private func runInbox() {
        while true {
            let work = inbox.withLock { inbox -> [@Sendable () -> Void] in
                if inbox.work.isEmpty { return [] }
                defer { inbox.work = [] }
                return inbox.work
            }
            if work.isEmpty { return }
            for one in work { one() }
        }
    }

    // MARK: - Time

    /// Nanoseconds of the clock that nobody sets.
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    private func timeToCheck() -> Int32 {
        if nextCheck == .max { return -1 }
        // Rounded up: looking just before the time would be in vain.
        return Int32(clamping: max(0, nextCheck - Self.now() + 999_999) / 1_000_000)
    }

    /// Something is to be done at that time at the latest.
    func note(due time: Int64) { nextCheck = min(nextCheck, time) }

    private func check(at now: Int64) {
        nextCheck = .max
        for exchange in exchanges {
            if exchange.due <= now { exchange.expire() } else { note(due: exchange.due) }
        }
        for pool in pools { pool.closeIdle(at: now) }
    }

    // MARK: - Connections and exchanges

    private func handle(_ event: c8_event) {
        guard event.tag != Self.bellTag else { return }
        let descriptor = Int(UInt32(truncatingIfNeeded: event.tag))
        // An earlier event of the same look may have closed it, and its number may be another's by now.
        guard descriptor < connections.count, let connection = connections[descriptor],
            connection.tag == event.tag
        else { return }
        connection.handle(isReadable: event.readable != 0, isWritable: event.writable != 0, ends: event.ends != 0)
    }

    /// A number for a descriptor's events that no earlier owner of the descriptor had.
    func makeTag(_ descriptor: Int32) -> UInt64 {
        lastGeneration = lastGeneration &+ 1 & 0x7FFF_FFFF
        return UInt64(lastGeneration) << 32 | UInt64(UInt32(bitPattern: descriptor))
    }

    /// Returns 0, or the system's error number.
    func add(_ connection: PlainConnection) -> Int32 {
        let result = c8_events_add(events, connection.descriptor, connection.tag)
        guard result == 0 else { return -result }
        let index = Int(connection.descriptor)
        while connections.count <= index { connections.append(nil) }
        connections[index] = connection
        return 0
    }

    /// To be called before its descriptor is closed.
    func remove(_ connection: PlainConnection) {
        let index = Int(connection.descriptor)
        if index < connections.count, connections[index] === connection { connections[index] = nil }
    }

    func add(_ exchange: PlainExchange) {
        exchange.index = exchanges.count
        exchanges.append(exchange)
        note(due: exchange.due)
    }

    func remove(_ exchange: PlainExchange) {
        guard exchange.index >= 0, let last = exchanges.popLast() else { return }
        if last !== exchange {
            exchanges[exchange.index] = last
            last.index = exchange.index
        }
        exchange.index = -1
    }

    /// For want of descriptors; false where no connection was idle.
    func closeIdleConnections() -> Bool {
        var hasClosed = false
        for pool in pools where pool.closeAllIdle() { hasClosed = true }
        return hasClosed
    }

    func add(_ pool: PlainPool) { pools.append(pool) }
    func remove(_ pool: PlainPool) { pools.removeAll { $0 === pool } }
}
