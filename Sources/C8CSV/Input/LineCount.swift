/// Counts lines as the parser does.
enum LineCount {
    /// How many lines end within the bytes: with CRLF, LF or CR.
    static func of(_ bytes: UnsafeRawBufferPointer) -> Int {
        var count = 0
        var previous: UInt8 = 0
        for byte in bytes {
            let isSecondOfPair = byte == UInt8(ascii: "\n") && previous == UInt8(ascii: "\r")
            if byte == UInt8(ascii: "\r") || (byte == UInt8(ascii: "\n") && !isSecondOfPair) { count += 1 }
            previous = byte
        }
        return count
    }
}
