/// Values that stand for themselves in JSON (RFC 8259 §7): printable ASCII without quotes and backslashes.
enum PlainText {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    @inline(__always)
    static func isPlain(_ value: UnsafeRawBufferPointer) -> Bool {
        var at = 0
        // A byte is not plain where one of these subtractions borrows, or its top bit is set.
        while at &+ 32 <= value.count {
            let words = value.loadUnaligned(fromByteOffset: at, as: SIMD4<UInt64>.self)
            let odd = odd(words, SIMD4(repeating: ones))
            if (odd[0] | odd[1] | odd[2] | odd[3]) & tops != 0 { return false }
            at &+= 32
        }
        while at &+ 8 <= value.count {
            let word = SIMD2(value.loadUnaligned(fromByteOffset: at, as: UInt64.self), ones &* 0x30)
            if odd(word, SIMD2(repeating: ones))[0] & tops != 0 { return false }
            at &+= 8
        }
        while at < value.count {
            let byte = value[at]
            if byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return false }
            at &+= 1
        }
        return true
    }

    /// What ``copy(_:to:odd:)`` adds to: nothing that is not plain.
    static let none = SIMD2<UInt64>(repeating: 0)

    static func isNone(_ odd: SIMD2<UInt64>) -> Bool { (odd[0] | odd[1]) & tops == 0 }

    /// Copies a value, and notes whether it is plain.
    @inline(__always)
    static func copy(_ value: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer, odd: inout SIMD2<UInt64>) {
        let ones = SIMD2(repeating: ones)
        var at = 0
        while at &+ 16 <= value.count {
            let words = value.loadUnaligned(fromByteOffset: at, as: SIMD2<UInt64>.self)
            target.storeBytes(of: words, toByteOffset: at, as: SIMD2<UInt64>.self)
            odd |= Self.odd(words, ones)
            at &+= 16
        }
        guard at < value.count, let source = value.baseAddress else { return }
        let rest = UnsafeRawBufferPointer(start: source + at, count: value.count &- at)
        (target + at).copyMemory(from: source + at, byteCount: rest.count)
        if !isPlain(rest) { odd[0] |= tops }
    }

    /// Has the top bit of each byte set that is not plain.
    @inline(__always)
    private static func odd<Words: SIMD<UInt64>>(_ words: Words, _ ones: Words) -> Words {
        let quote = words ^ (ones &* 0x22)
        let slash = words ^ (ones &* 0x5C)
        let control = words &- (ones &* 0x20)
        return (control & ~words) | ((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | words
    }
}
