/// Hex and base64 (RFC 4648 §8 and §4), and the text form of a random UUID (RFC 9562 §5.4).
///
/// `poll` is called now and then, so that its error can end a long piece of work.
enum Encodings {
    private static let hexDigits = Array("0123456789abcdef".utf8)
    private static let base64Digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let hexValues = values(of: hexDigits + Array("ABCDEF".utf8)) { $0 < 16 ? $0 : $0 - 6 }
    private static let base64Values = values(of: base64Digits) { $0 }
    private static let notADigit = UInt8.max
    /// Bytes of input between two polls; a multiple of what each encoding takes at a time.
    private static let pollInterval = 3 << 16

    private static func values(of digits: [UInt8], _ value: (UInt8) -> UInt8) -> [UInt8] {
        var table = [UInt8](repeating: .max, count: 256)
        for (index, digit) in digits.enumerated() { table[Int(digit)] = value(UInt8(index)) }
        return table
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            text.append(hexDigits[Int(byte >> 4)])
            text.append(hexDigits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func hex<Failure: Error>(_ bytes: [UInt8], poll: () throws(Failure) -> Void) throws(Failure) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for (index, byte) in bytes.enumerated() {
            if index % pollInterval == 0 { try poll() }
            text.append(hexDigits[Int(byte >> 4)])
            text.append(hexDigits[Int(byte & 15)])
        }
        return text
    }

    static func bytes<Failure: Error>(
        hex text: [UInt8], poll: () throws(Failure) -> Void
    ) throws(Failure) -> [UInt8]? {
        guard text.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        for index in stride(from: 0, to: text.count, by: 2) {
            if index % pollInterval == 0 { try poll() }
            let (high, low) = (hexValues[Int(text[index])], hexValues[Int(text[index + 1])])
            guard high != notADigit, low != notADigit else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    static func base64<Failure: Error>(
        _ bytes: [UInt8], poll: () throws(Failure) -> Void
    ) throws(Failure) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            if start % pollInterval == 0 { try poll() }
            let count = min(3, bytes.count - start)
            var bits: UInt32 = 0
            for offset in 0..<3 { bits = bits << 8 | UInt32(offset < count ? bytes[start + offset] : 0) }
            for position in 0..<4 {
                let digit = base64Digits[Int(bits >> UInt32(18 - 6 * position)) & 63]
                text.append(position <= count ? digit : UInt8(ascii: "="))
            }
        }
        return text
    }

    /// Padding may be left out; anything that is not base64 gives nil.
    static func bytes<Failure: Error>(
        base64 text: [UInt8], poll: () throws(Failure) -> Void
    ) throws(Failure) -> [UInt8]? {
        let digitCount = text.firstIndex(of: UInt8(ascii: "=")) ?? text.count
        let padding = text.count - digitCount
        guard padding <= 2, text[digitCount...].allSatisfy({ $0 == UInt8(ascii: "=") }),
            padding == 0 || text.count.isMultiple(of: 4), digitCount % 4 != 1
        else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digitCount / 4 * 3 + 2)
        var bits: UInt32 = 0
        var count = 0
        for index in 0..<digitCount {
            if index % pollInterval == 0 { try poll() }
            let value = base64Values[Int(text[index])]
            guard value != notADigit else { return nil }
            bits = (bits << 6 | UInt32(value)) & 0xFFFFFF
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }

    /// - Parameter random: 16 random bytes.
    static func uuid(random: [UInt8]) -> String {
        var bytes = random
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = hex(bytes)
        var text = ""
        for (index, character) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(character)
        }
        return text
    }
}
