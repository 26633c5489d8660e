import C8Platform

extension Batch {
    /// The values of some rows as a JSON array of strings.
    package func json(of slice: UploadSlice) -> [UInt8] {
        guard let text = plainText(of: slice) else { return quoted(slice) }
        return [UInt8](unsafeUninitializedCapacity: text.count + 2) { buffer, count in
            buffer[0] = UInt8(ascii: "[")
            UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[1...]).copyBytes(from: text)
            buffer[text.count + 1] = UInt8(ascii: "]")
            count = text.count + 2
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
}
