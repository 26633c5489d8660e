/// Makes text of a saved page's bytes: UTF-8, UTF-16 with its mark, or GB18030, which older Chinese programs save as.
enum PageDecoder {
    /// Nil where the bytes are none of them.
    static func text(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return String(validating: bytes.dropFirst(3), as: UTF8.self) }
        if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes.dropFirst(2), low: 0) }
        if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes.dropFirst(2), low: 1) }
        // A page with NUL bytes is a picture, an archive or a program.
        guard !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self) ?? GB18030.text(bytes)
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, low: Int) -> String? {
        let pairs = Array(bytes)
        guard pairs.count % 2 == 0 else { return nil }
        var units: [UInt16] = []
        units.reserveCapacity(pairs.count / 2)
        for index in stride(from: 0, to: pairs.count, by: 2) {
            units.append(UInt16(pairs[index + low]) | UInt16(pairs[index + 1 - low]) << 8)
        }
        return String(validating: units, as: UTF16.self)
    }
}
