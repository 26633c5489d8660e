/// The pause before a request is tried again.
enum Backoff {
    private static let base = 0.5
    private static let longest = 30.0

    /// Seconds, doubling with each failed try. What failed together does not come back together: the slice itself
    /// decides about the second half of the pause.
    static func pause(after attempts: Int, of slice: UploadSlice) -> Double {
        let full = min(longest, base * Double(1 << min(max(0, attempts - 1), 16)))
        var hash = ContentHash()
        for number in [slice.batch, slice.rows.lowerBound, attempts] { hash.add(number) }
        return full * (0.5 + 0.5 * Double(hash.value.high >> 11) / Double(1 << 53))
    }
}
