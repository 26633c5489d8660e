/// A set of hashes in 8 bytes each, with linear probing; at most three quarters full.
struct HashSet64: Sendable {
    private var slots: [UInt64]
    private(set) var count = 0

    init() {
        slots = [UInt64](repeating: 0, count: 1024)
    }

    /// The memory that the set takes.
    var bytes: Int { slots.count * 8 }

    func contains(_ hash: UInt64) -> Bool {
        let hash = Self.stored(hash)
        return slots.withUnsafeBufferPointer { slots in
            slots[Self.place(of: hash, in: slots)] == hash
        }
    }

    func forEach(_ body: (UInt64) -> Void) {
        for hash in slots where hash != 0 { body(hash) }
    }

    mutating func insert(_ hash: UInt64) {
        if (count + 1) * 4 > slots.count * 3 { grow() }
        let hash = Self.stored(hash)
        let isNew = slots.withUnsafeMutableBufferPointer { slots in
            let place = Self.place(of: hash, in: UnsafeBufferPointer(slots))
            defer { slots[place] = hash }
            return slots[place] == 0
        }
        if isNew { count += 1 }
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: 0, count: old.count * 2)
        slots.withUnsafeMutableBufferPointer { slots in
            for hash in old where hash != 0 { slots[Self.place(of: hash, in: UnsafeBufferPointer(slots))] = hash }
        }
    }

    /// Zero marks an empty slot.
    @inline(__always)
    private static func stored(_ hash: UInt64) -> UInt64 { hash == 0 ? 1 : hash }

    /// Where the hash is, or would go. There is always an empty slot to end at.
    @inline(__always)
    private static func place(of hash: UInt64, in slots: UnsafeBufferPointer<UInt64>) -> Int {
        let mask = slots.count &- 1
        var place = Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
        while slots[place] != 0, slots[place] != hash { place = (place &+ 1) & mask }
        return place
    }
}
