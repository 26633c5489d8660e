import Synchronization

/// The registry places of one state that Swift no longer needs. Also the state's identity: a reference belongs to the
/// state whose queue it holds, and leads through it to the script.
final class LuaReferenceQueue: Sendable {
    private struct Home {
        weak var script: LuaScript?
    }

    private let home = Mutex(Home())
    private let released = Mutex<[Int32]>([])

    /// The script whose state it is; nil where it has ended.
    var script: LuaScript? {
        get { home.withLock { $0.script } }
        set { home.withLock { $0.script = newValue } }
    }

    func release(_ id: Int32) {
        guard id >= 0 else { return }
        released.withLock { $0.append(id) }
    }

    func drain() -> [Int32] {
        released.withLock { ids in
            guard !ids.isEmpty else { return [] }
            defer { ids.removeAll(keepingCapacity: true) }
            return ids
        }
    }
}
