import CRowScan

/// Room for the rows that are found at one go.
struct BlockScan: ~Copyable {
    private static let most = 256
    /// Offsets have 32 bits.
    private static let mostBytes = 1 << 30

    private let spans = UnsafeMutablePointer<c8_row_span>.allocate(capacity: BlockScan.most)
    private let values = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: BlockScan.most)

    deinit {
        spans.deallocate()
        values.deallocate()
    }

    /// The plain rows at the beginning of the bytes.
    ///
    /// - Returns: the wanted field of each, and how many bytes the rows take.
    func rows(
        of bytes: UnsafeRawBufferPointer, _ rules: c8_row_rules, limit: Int
    ) -> (values: UnsafeBufferPointer<UnsafeRawBufferPointer>, used: Int) {
        guard let base = bytes.baseAddress else { return (UnsafeBufferPointer(start: values, count: 0), 0) }
        var rules = rules
        var used = 0
        let count = c8_scan_rows(
            base.assumingMemoryBound(to: UInt8.self), min(bytes.count, Self.mostBytes), &rules, spans,
            min(limit, Self.most), &used)
        for index in 0..<count {
            let span = spans[index]
            values[index] = UnsafeRawBufferPointer(start: base + Int(span.start), count: Int(span.count))
        }
        return (UnsafeBufferPointer(start: values, count: count), used)
    }
}
