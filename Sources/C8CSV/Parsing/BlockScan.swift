import CRowScan

/// Room for the rows that are found at one go.
struct BlockScan: ~Copyable {
    private static let most = 256
    /// Offsets have 32 bits.
    private static let mostBytes = 1 << 30

    private let spans = UnsafeMutablePointer<c8_row_span>.allocate(capacity: BlockScan.most)

    deinit { spans.deallocate() }

    /// The plain rows at the beginning of the bytes.
    ///
    /// - Returns: where they stand, and how many bytes they take.
    func rows(
        of bytes: UnsafeRawBufferPointer, _ rules: c8_row_rules, limit: Int
    ) -> (spans: UnsafeBufferPointer<c8_row_span>, used: Int) {
        guard let base = bytes.baseAddress else { return (UnsafeBufferPointer(start: spans, count: 0), 0) }
        var rules = rules
        var used = 0
        let count = c8_scan_rows(
            base.assumingMemoryBound(to: UInt8.self), min(bytes.count, Self.mostBytes), &rules, spans,
            min(limit, Self.most), &used)
        return (UnsafeBufferPointer(start: spans, count: count), used)
    }
}
