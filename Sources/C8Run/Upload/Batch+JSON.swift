import C8Flow
import C8Platform

extension Batch {
    /// The values of some rows as a JSON array of strings.
    func json(of slice: UploadSlice) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(slice.count * 40 + 2)
        text.append(UInt8(ascii: "["))
        for row in slice.rows {
            if row > slice.rows.lowerBound { text.append(UInt8(ascii: ",")) }
            withValue(at: row) { value in
                if Self.isPlain(value) {
                    text.append(UInt8(ascii: "\""))
                    text.append(contentsOf: value)
                    text.append(UInt8(ascii: "\""))
                } else {
                    text += JSONSerializer.quoted(String(decoding: value, as: UTF8.self)).utf8
                }
            }
        }
        text.append(UInt8(ascii: "]"))
        return text
    }

    /// Whether a string stands for itself in JSON (RFC 8259 §7): printable ASCII without quotes and backslashes.
    private static func isPlain(_ value: UnsafeRawBufferPointer) -> Bool {
        for byte in value where byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
        {
            return false
        }
        return true
    }
}
