import Synchronization

/// The registry places of one state that Swift no longer needs. Also the state's identity: a reference belongs to the
/// state whose queue it holds.
final class LuaReferenceQueue: Sendable {
    private let released = Mutex<[Int32]>([])

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
