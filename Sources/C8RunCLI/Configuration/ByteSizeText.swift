/// Reads sizes of the command line: `512MiB`, `64MB`, `1GiB`, or plain bytes.
enum ByteSizeText {
    static let rule = ValueMessage.size.message.english

    /// The size in bytes, or nil where the text is none, is zero, or is more than an address space holds.
    static func parse(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && ($0.isWholeNumber || $0 == ".") }
        guard let scale = scale(of: text.dropFirst(digits.count)), let number = PlainDecimal.parse(digits) else {
            return nil
        }
        let bytes = (number * scale).rounded()
        guard bytes >= 1, bytes <= 140_737_488_355_328 else { return nil }
        return Int(bytes)
    }

    private static func scale(of unit: Substring) -> Double? {
        switch unit.lowercased() {
        case "", "b": 1
        case "kb": 1e3
        case "mb": 1e6
        case "gb": 1e9
        case "kib", "k": 1024
        case "mib", "m": 1_048_576
        case "gib", "g": 1_073_741_824
        default: nil
        }
    }
}
