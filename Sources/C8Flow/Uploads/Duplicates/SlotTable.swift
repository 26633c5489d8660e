/// Fingerprints cut to 96 bits with the line where each came first, in slots of 16 bytes that are up to 7/8 full.
struct SlotTable: Sendable {
    private struct Slot: Sendable {
        var high: UInt64
        var low: UInt32
        /// 0 marks an empty slot; lines are counted from 1.
        var line: UInt32

        static let empty = Slot(high: 0, low: 0, line: 0)
    }

    private var slots: [Slot] = []
    private var count = 0

    /// The memory that the table takes.
    var bytes: Int { slots.count * MemoryLayout<Slot>.stride }

    /// The line kept for a fingerprint; nil when there is none, and then `line` is kept where it is given.
    mutating func line(of print: Fingerprint, orInsert line: UInt32?) -> UInt32? {
        if line != nil, (count + 1) * 8 > slots.count * 7 { grow() }
        guard !slots.isEmpty else { return nil }
        let low = UInt32(truncatingIfNeeded: print.low)
        let place = place(of: print.high, low)
        if slots[place].line != 0 { return slots[place].line }
        guard let line else { return nil }
        slots[place] = Slot(high: print.high, low: low, line: line)
        count += 1
        return nil
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: .empty, count: old.count + old.count / 4 + 16)
        for slot in old where slot.line != 0 { slots[place(of: slot.high, slot.low)] = slot }
    }

    private func place(of high: UInt64, _ low: UInt32) -> Int {
        var place = Int(truncatingIfNeeded: high.multipliedFullWidth(by: UInt64(slots.count)).high)
        while slots[place].line != 0, slots[place].high != high || slots[place].low != low {
            place = place + 1 == slots.count ? 0 : place + 1
        }
        return place
    }
}
