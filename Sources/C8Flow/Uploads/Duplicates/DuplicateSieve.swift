/// The first part of finding duplicates in an input that can be read more than once: notes which hashes come twice.
///
/// The input is streamed through ``note(_:)`` as often as ``endPass()`` asks for, and then once more through the
/// ``DuplicateFinder``, which may be the upload itself. Memory stays within the plan's.
package struct DuplicateSieve: Sendable {
    /// The plan in use; another one once the estimate turned out too low.
    package private(set) var plan: DuplicatePlan
    /// The passes that have ended, of ``DuplicatePlan/passes``.
    package private(set) var pass = 0

    private let hash: KeyedHash
    private var filter: BlockedFilter
    private var candidates = HashSet64()
    /// Hashes are noted many at a time: the waits for memory then overlap.
    private var pending = [UInt64](repeating: 0, count: DuplicateSieve.pendingHashes)
    private var waiting = 0
    private var rows = 0
    private var noted = 0
    /// There are more rows than planned for: they are only counted, for a better plan.
    private var isCounting = false

    private static let pendingHashes = 256

    /// - Parameter seed: random, so that no input can be made to collide.
    package init(_ plan: DuplicatePlan, seed: (UInt64, UInt64)) {
        self.plan = plan
        hash = KeyedHash(seed: seed)
        filter = BlockedFilter(bytes: plan.filterBytes)
    }

    /// The memory in use, in bytes.
    package var bytes: Int { filter.bytes + candidates.bytes + Self.pendingHashes * 8 }

    /// Takes the next row's value.
    ///
    /// - Throws: ``DuplicateError`` when the input cannot be the right one.
    @inline(__always)
    package mutating func note(_ key: UnsafeRawBufferPointer) throws(DuplicateError) {
        rows &+= 1
        let value = hash.hash(key)
        if plan.passes > 1, !isOfPass(value) { return }
        pending[waiting] = value
        waiting &+= 1
        if waiting == Self.pendingHashes { try flush() }
    }

    /// Takes the next rows' values.
    ///
    /// - Throws: as for one.
    package mutating func note(_ keys: UnsafeBufferPointer<UnsafeRawBufferPointer>) throws(DuplicateError) {
        guard plan.passes == 1, keys.count <= Self.pendingHashes else {
            for key in keys { try note(key) }
            return
        }
        if waiting + keys.count > Self.pendingHashes { try flush() }
        rows &+= keys.count
        pending.withUnsafeMutableBufferPointer { pending in
            if let start = pending.baseAddress { hash.hash(keys, to: start + waiting) }
        }
        waiting &+= keys.count
        if waiting == Self.pendingHashes { try flush() }
    }

    /// Ends a pass over the whole input; true when the input is to be streamed again.
    package mutating func endPass() throws(DuplicateError) -> Bool {
        try flush()
        if isCounting {
            // Now the number is known; a plan for it that is full, too, was unlucky with the hashes.
            let better = rows > plan.rows ? rows : plan.rows + plan.rows / 2
            plan = DuplicatePlan(rows: better, memory: plan.memory)
            candidates = HashSet64()
            isCounting = false
            pass = 0
        } else {
            pass += 1
        }
        rows = 0
        noted = 0
        let isMore = pass < plan.passes
        // The old one goes first: two at once would be beyond the memory.
        filter = BlockedFilter(bytes: 0)
        if isMore { filter = BlockedFilter(bytes: plan.filterBytes) }
        return isMore
    }

    /// What finds the duplicates among the rows, once no pass is left.
    package func finder() -> DuplicateFinder { DuplicateFinder(hash, candidates) }

    @inline(__always)
    private func isOfPass(_ value: UInt64) -> Bool {
        let part = ((value & 0xFFFF_FFFF) &* UInt64(truncatingIfNeeded: plan.passes)) >> 32
        return Int(truncatingIfNeeded: part) == pass
    }

    private mutating func flush() throws(DuplicateError) {
        let count = waiting
        waiting = 0
        if isCounting { return }
        let limit = plan.maximumCandidates
        noted += count
        try filter.insert(pending[..<count]) { value throws(DuplicateError) in
            // Only what is new fills the filter.
            noted -= 1
            candidates.insert(value)
            if candidates.count >= limit { throw .tooMany(limit: limit) }
        }
        if noted > plan.rowsOfPass { isCounting = true }
    }
}
