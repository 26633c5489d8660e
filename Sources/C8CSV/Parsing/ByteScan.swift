/// Looks for bytes eight at a time.
enum ByteScan {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080
    /// CR is the largest of the control bytes that end a field or a line.
    private static let controls: UInt64 = 14

    /// A byte in each place of a word.
    @inline(__always)
    static func pattern(_ byte: UInt8) -> UInt64 { ones &* UInt64(byte) }

    /// The first place from `start` on that holds the byte of `pattern` or one of 0 to 13, else `end`.
    ///
    /// The lowest bit of each of the two tests is exact, and so is the lower of both; the bits above it may be wrong,
    /// through a borrow, and are not used. (Hacker's Delight, 6-1.)
    @inline(__always)
    static func stop(_ base: UnsafeRawPointer, from start: Int, to end: Int, pattern: UInt64) -> Int {
        var at = start
        while at &+ 8 <= end {
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let control = (word &- ones &* controls) & ~word
            let other = word ^ pattern
            let found = (control | ((other &- ones) & ~other)) & tops
            if found != 0 { return at &+ found.trailingZeroBitCount >> 3 }
            at &+= 8
        }
        let wanted = UInt8(truncatingIfNeeded: pattern)
        while at < end {
            let byte = base.load(fromByteOffset: at, as: UInt8.self)
            if byte == wanted || byte < UInt8(controls) { return at }
            at &+= 1
        }
        return end
    }

    /// How many bytes from the beginning on are ASCII.
    static func asciiCount(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        var at = 0
        while at &+ 32 <= bytes.count {
            let first = base.loadUnaligned(fromByteOffset: at, as: SIMD4<UInt64>.self)
            if (first[0] | first[1] | first[2] | first[3]) & tops != 0 { break }
            at &+= 32
        }
        while at &+ 8 <= bytes.count {
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            if word & tops != 0 { return at &+ (word & tops).trailingZeroBitCount >> 3 }
            at &+= 8
        }
        while at < bytes.count, base.load(fromByteOffset: at, as: UInt8.self) < 0x80 { at &+= 1 }
        return at
    }

    /// Whether the bytes are UTF-8.
    static func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let ascii = asciiCount(bytes)
        return ascii == bytes.count || utf8Trouble(UnsafeRawBufferPointer(rebasing: bytes[ascii...])) == nil
    }

    /// Where bytes cease to be UTF-8, and whether that is only because the last character is not all there.
    static func utf8Trouble(_ bytes: UnsafeRawBufferPointer) -> (at: Int, isCut: Bool)? {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.assumingMemoryBound(to: UInt8.self).span)
            return nil
        } catch {
            let range = error.byteOffsets
            return (range.lowerBound, error.kind == .truncatedScalar && range.upperBound == bytes.count)
        }
    }
}
