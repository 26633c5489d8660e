/// One line of execution of a script: its main chunk, a task that it spawned, or a call from Swift. A coroutine of the
/// host, so that it can wait by itself.
///
/// A task ends when its function has ended and all tasks that it spawned have. Confined to the script's thread.
final class LuaTask {
    /// Not `Result`, whose type is made at run time: the first time, all conformances of the program are looked through for it.
    enum End {
        case success([LuaValue])
        case failure(LuaError)

        func get() throws(LuaError) -> [LuaValue] {
            switch self {
            case .success(let values): return values
            case .failure(let error): throw error
            }
        }
    }

    enum Phase {
        case new(LuaFunction, [LuaValue])
        case running
        case waiting(HostOperation)
        /// Its function has come to this; tasks that it spawned have not ended yet.
        case joining(End)
        case ended
    }

    let id: UInt64
    let root: LuaReference
    /// Whoever waits for its end: it was spawned by that, or given to it.
    var parent: LuaTask?
    var phase: Phase
    var tag: Int64
    var isCancelled = false
    /// When it was told so.
    var cancelledAt: ContinuousClock.Instant?
    /// A bound on its time.
    var expiry: TaskExpiry?
    /// What its thread is blocked for, where Lua cannot yield.
    var blocking: HostOperation?
    /// Spawned and not ended, in the order of their ids.
    var children: [UInt64: LuaTask] = [:]
    /// Ended by an error that nobody has asked for yet; what it is, the state knows.
    var failed: Set<UInt64> = []
    /// Waits for this task, by their operations.
    var waits: [UInt64: TaskWait] = [:]
    /// Called once, on the script's thread.
    var onEnd: ((End) -> Void)?

    init(id: UInt64, root: LuaReference, parent: LuaTask?, phase: Phase) {
        self.id = id
        self.root = root
        self.parent = parent
        self.phase = phase
        tag = parent?.tag ?? 0
        isCancelled = parent?.isCancelled ?? false
    }

    var hasEnded: Bool {
        if case .ended = phase { return true }
        return false
    }
}
