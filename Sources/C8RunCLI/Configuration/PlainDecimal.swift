/// Reads a number as people write it: digits with at most one point among them, no sign, exponent, `inf` or `nan`.
enum PlainDecimal {
    static func parse(_ text: Substring) -> Double? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let areDigits = parts.allSatisfy { part in !part.isEmpty && part.utf8.allSatisfy { (48...57).contains($0) } }
        guard (1...2).contains(parts.count), areDigits else { return nil }
        return Double(text)
    }
}
