/// Fingerprints with the line where each came first, in 24 bytes each; at most three quarters full.
struct LineTable: Sendable {
    private struct Entry: Sendable {
        var high: UInt64
        var low: UInt64
        /// 0 marks an empty slot; lines are counted from 1.
        var line: Int

        static let empty = Entry(high: 0, low: 0, line: 0)
    }

    private var slots = [Entry](repeating: .empty, count: 64)
    private(set) var count = 0

    /// The memory that the table takes.
    var bytes: Int { slots.count * MemoryLayout<Entry>.stride }

    /// The line kept for a fingerprint; nil when there is none, and then this line is kept.
    mutating func line(of print: Fingerprint, orInsert line: Int) -> Int? {
        if (count + 1) * 4 > slots.count * 3 { grow() }
        let place = place(of: print.high, print.low)
        if slots[place].line != 0 { return slots[place].line }
        slots[place] = Entry(high: print.high, low: print.low, line: max(1, line))
        count += 1
        return nil
    }

    private mutating func grow() {
        let old = slots
        slots = [Entry](repeating: .empty, count: old.count * 2)
        for entry in old where entry.line != 0 { slots[place(of: entry.high, entry.low)] = entry }
    }

    private func place(of high: UInt64, _ low: UInt64) -> Int {
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: low) & mask
        while slots[place].line != 0, slots[place].low != low || slots[place].high != high {
            place = (place + 1) & mask
        }
        return place
    }
}
