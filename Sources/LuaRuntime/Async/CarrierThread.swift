import CLuaBoundary
import Dispatch
import Glibc
import Synchronization

/// A thread that scripts run on, one after another; those that are not called are on none.
///
/// The stack is large because Lua nests C calls up to 200 deep, with host functions between them; pages that are never
/// touched cost nothing.
final class CarrierThread: Sendable {
    private struct Pool {
        /// Those that have nothing to do; the last one was busy last.
        var idle: [CarrierThread] = []
        /// Scripts that no thread could be started for. In their order.
        var waiting: [ScriptThread] = []
        /// Threads that have not decided to end.
        var alive = 0
    }

    private static let stackSize = 16 << 20
    /// So many are kept for the next scripts.
    private static let mostIdle = 64
    /// Seconds after which one that has nothing to do ends.
    private static let idleSeconds = 10.0

    private static let pool = Mutex(Pool())

    private let bell = DispatchSemaphore(value: 0)
    private let script: Mutex<ScriptThread?>
    /// Whether it began among the idle ones.
    private let wasPrepared: Bool

    /// - Parameter script: the first one; nil for one that is put among the idle ones.
    private init(_ script: ScriptThread?) {
        self.script = Mutex(script)
        wasPrepared = script == nil
    }

    /// Sees to it that a thread is at hand for the script that is made now: later on nobody could be told that there is none.
    static func prepare() throws(LuaError) {
        guard pool.withLock({ $0.idle.isEmpty }) else { return }
        let carrier = CarrierThread(nil)
        pool.withLock { $0.idle.append(carrier) }
        let result = carrier.start()
        guard result != 0 else { return }
        // Another script may have been given to it meanwhile.
        let given = pool.withLock { pool -> ScriptThread? in
            pool.idle.removeAll { $0 === carrier }
            return carrier.script.withLock { $0.take() }
        }
        if let given { carry(given) }
        throw LuaError(
            kind: .host,
            message: "cannot start a thread for the script (error \(result)): too many threads, or too little memory")
    }

    /// Runs a script that has something to do until it has nothing to do.
    static func carry(_ script: ScriptThread) {
        let carrier = pool.withLock { pool -> CarrierThread? in
            guard let carrier = pool.idle.popLast() else { return nil }
            carrier.script.withLock { $0 = script }
            return carrier
        }
        if let carrier {
            carrier.bell.signal()
            return
        }
        while CarrierThread(script).start() != 0 {
            if wait(script) { return }
            // The only thread there was has ended meanwhile, and the system has none for another one: it may have soon.
            usleep(1000)
        }
    }

    /// Leaves a script that no thread could be started for to one that is there.
    ///
    /// - Returns: false where there is none.
    private static func wait(_ script: ScriptThread) -> Bool {
        let (isTaken, carrier) = pool.withLock { pool -> (Bool, CarrierThread?) in
            if let carrier = pool.idle.popLast() {
                carrier.script.withLock { $0 = script }
                return (true, carrier)
            }
            guard pool.alive > 0 else { return (false, nil) }
            // The next one that is free takes it.
            pool.waiting.append(script)
            return (true, nil)
        }
        carrier?.bell.signal()
        return isTaken
    }

    /// Returns 0, or the system's error number.
    private func start() -> Int32 {
        let context = Unmanaged.passRetained(self)
        Self.pool.withLock { $0.alive += 1 }
        let result = clb_start_thread(
            Self.stackSize, "c8run-script",
            { context in Unmanaged<CarrierThread>.fromOpaque(context).takeRetainedValue().run() }, context.toOpaque())
        if result != 0 {
            context.release()
            Self.pool.withLock { $0.alive -= 1 }
        }
        return result
    }

    private func run() {
        var mayEnd = wasPrepared && park()
        while !mayEnd {
            while let script = script.withLock({ $0.take() }) { script.run() }
            let isParked = Self.pool.withLock { pool -> Bool? in
                if !pool.waiting.isEmpty {
                    script.withLock { $0 = pool.waiting.removeFirst() }
                    return false
                }
                guard pool.idle.count < Self.mostIdle else {
                    pool.alive -= 1
                    return nil
                }
                pool.idle.append(self)
                return true
            }
            guard let isParked else { return }
            mayEnd = isParked && park()
        }
    }

    /// Waits for a script. True where none came for long, and none will.
    private func park() -> Bool {
        if bell.wait(timeout: .now() + Self.idleSeconds) == .success { return false }
        let isTaken = Self.pool.withLock { pool -> Bool in
            guard let index = pool.idle.firstIndex(where: { $0 === self }) else { return true }
            pool.idle.remove(at: index)
            pool.alive -= 1
            return false
        }
        // Its bell rings, or is about to.
        if isTaken { bell.wait() }
        return !isTaken
    }
}
