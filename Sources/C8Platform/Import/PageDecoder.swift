import Glibc

/// Makes text of a saved page's bytes: UTF-8, UTF-16 with its mark, or GB18030, which older Chinese programs save as.
enum PageDecoder {
    /// Nil where the bytes are none of them.
    static func text(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return String(validating: bytes.dropFirst(3), as: UTF8.self) }
        if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes.dropFirst(2), low: 0) }
        if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes.dropFirst(2), low: 1) }
        // A page with NUL bytes is a picture, an archive or a program.
        guard !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self) ?? converted(bytes, from: "GB18030")
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

    /// Through the C library's tables (iconv(3)).
    private static func converted(_ bytes: [UInt8], from encoding: String) -> String? {
        let converter = iconv_open("UTF-8", encoding)
        guard converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        // No character of GB18030 grows by more than half.
        var output = [CChar](repeating: 0, count: bytes.count * 2 + 16)
        let length = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target -> Int? in
                var (from, to) = (source.baseAddress, target.baseAddress)
                var (left, room) = (source.count, target.count)
                guard iconv(converter, &from, &left, &to, &room) != -1, left == 0 else { return nil }
                return target.count - room
            }
        }
        guard let length else { return nil }
        return String(validating: output[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
