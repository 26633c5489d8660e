import C8Flow
import C8Platform

extension Batch {
    /// The values of some rows as a JSON array of strings.
    func json(of slice: UploadSlice) -> [UInt8] {
        var length = 2
        var isPlain = true
        for row in slice.rows {
            withValue(at: row) { value in
                length += value.count + 3
                isPlain = isPlain && Self.isPlain(value)
            }
        }
        guard isPlain else { return quoted(slice) }
        return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            var at = 0
            func put(_ byte: UInt8) {
                buffer[at] = byte
                at += 1
            }
            put(UInt8(ascii: "["))
            for row in slice.rows {
                if row > slice.rows.lowerBound { put(UInt8(ascii: ",")) }
                put(UInt8(ascii: "\""))
                withValue(at: row) { value in
                    UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[at...]).copyMemory(
                        from: value)
                    at += value.count
                }
                put(UInt8(ascii: "\""))
            }
            put(UInt8(ascii: "]"))
            count = at
        }
    }

    /// The same for values that JSON does not take as they are.
    private func quoted(_ slice: UploadSlice) -> [UInt8] {
        var text = [UInt8(ascii: "[")]
        for row in slice.rows {
            if row > slice.rows.lowerBound { text.append(UInt8(ascii: ",")) }
            text += JSONSerializer.quoted(value(at: row)).utf8
        }
        text.append(UInt8(ascii: "]"))
        return text
    }

    /// Whether a string stands for itself in JSON (RFC 8259 §7): printable ASCII without quotes and backslashes.
    private static func isPlain(_ value: UnsafeRawBufferPointer) -> Bool {
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
