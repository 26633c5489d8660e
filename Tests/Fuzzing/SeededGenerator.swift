/// Random numbers that are the same in every run (SplitMix64), so that a failure can be repeated.
package struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// One of the elements; for lists that are written out, and so not empty.
    package mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int(truncatingIfNeeded: next() % UInt64(elements.count))]
    }

    /// A number from 0 to below `bound`.
    package mutating func number(below bound: Int) -> Int { Int(truncatingIfNeeded: next() % UInt64(max(1, bound))) }

    /// Up to `most` pieces in a row.
    package mutating func text(of pieces: [String], most: Int) -> String {
        (0..<number(below: most + 1)).map { _ in pick(pieces) }.joined()
    }
}
