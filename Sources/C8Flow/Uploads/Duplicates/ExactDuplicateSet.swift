/// Finds duplicates in an input that can be read only once, up to a bound of rows.
///
/// A row takes a slot of 16 bytes: 96 bits of a keyed hash and 32 bits for the line. Among 4 million rows, two
/// different ones share the 96 bits with a probability of about 10^-16. The slots are kept in parts that grow one at a
/// time by a quarter, and are between 7/10 and 7/8 full: 18 to 23 bytes a row, without a moment that needs twice as
/// much.
package struct ExactDuplicateSet: Sendable {
    /// What is known of a row.
    package enum Answer: Sendable, Hashable {
        /// It comes for the first time.
        case first
        /// It came before, in this line.
        case duplicate(of: Int)
        /// The set is full: it equals none of the rows that are kept, and is not kept.
        case notKept
    }

    /// The rows that are kept when nothing else is asked for.
    package static let usualRows = 4_000_000

    /// The most rows that are kept.
    package let maximumRows: Int
    /// The rows that are kept.
    package private(set) var count = 0
    /// The rows that were not kept; above 0, duplicates among them stay unknown, which the summary should say.
    package private(set) var notKept = 0
    /// The duplicates found so far.
    package private(set) var duplicates = 0

    private let hash: KeyedHash
    private var parts: [SlotTable]

    private static let partBits: UInt64 = 6

    /// - Parameter seed: random, so that no input can be made to collide.
    package init(maximumRows: Int = usualRows, seed: (UInt64, UInt64)) {
        self.maximumRows = max(0, maximumRows)
        hash = KeyedHash(seed: seed)
        parts = [SlotTable](repeating: SlotTable(), count: 1 << Int(Self.partBits))
    }

    /// The memory in use, in bytes.
    package var bytes: Int { parts.reduce(0) { $0 + $1.bytes } }

    /// Takes the next row's value.
    ///
    /// - Parameter line: from 1; beyond 2^32 - 1 it is told as that.
    package mutating func look(at key: UnsafeRawBufferPointer, line: Int) -> Answer {
        let print = hash.fingerprint(key)
        let part = Int(truncatingIfNeeded: print.low >> (64 - Self.partBits))
        let mayInsert = count < maximumRows
        let line = UInt32(clamping: max(1, line))
        switch parts[part].line(of: print, orInsert: mayInsert ? line : nil) {
        case let first?:
            duplicates += 1
            return .duplicate(of: Int(first))
        case nil where mayInsert:
            count += 1
            return .first
        case nil:
            notKept += 1
            return .notKept
        }
    }
}
