/// Values that stand for themselves in JSON (RFC 8259 §7): printable ASCII without quotes and backslashes.
enum PlainText {
    @inline(__always)
    static func isPlain(_ value: UnsafeRawBufferPointer) -> Bool {
        var at = 0
        // Eight bytes at a time: a byte is not plain where one of these subtractions borrows, or its top bit is set.
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        while at + 8 <= value.count {
            let word = value.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            let quote = word ^ (ones &* 0x22)
            let slash = word ^ (ones &* 0x5C)
            let control = word &- (ones &* 0x20)
            let odd = (control & ~word) | ((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | word
            if odd & tops != 0 { return false }
            at += 8
        }
        while at < value.count {
            let byte = value[at]
            if byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return false }
            at += 1
        }
        return true
    }
}
