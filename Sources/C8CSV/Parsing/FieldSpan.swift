/// Where a field's content stands. Offsets fit 32 bits, since rows are bounded by `CSVFormat.largestBound`.
struct FieldSpan {
    /// From the row's first byte, or from the beginning of the scratch space.
    var start: UInt32
    var count: UInt32
    /// Whether the content holds doubled quotes.
    var isDoubled: Bool
    /// Whether the content was copied to the scratch space, each doubled quote made one.
    var isInScratch: Bool

    init(start: Int, count: Int, isDoubled: Bool, isInScratch: Bool = false) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.count = UInt32(truncatingIfNeeded: count)
        self.isDoubled = isDoubled
        self.isInScratch = isInScratch
    }
}
