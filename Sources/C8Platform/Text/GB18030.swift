import Glibc

/// The encoding of older Chinese programs and gateways; GBK and GB2312 are parts of it.
package enum GB18030 {
    /// The text that the bytes are; nil where they are none, and where this machine's C library lacks the tables.
    ///
    /// - Parameter mayBeCut: a last character that is not whole is left out.
    package static func text(_ bytes: [UInt8], mayBeCut: Bool = false) -> String? {
        // Through the C library's tables (iconv(3)).
        let converter = iconv_open("UTF-8", "GB18030")
        guard converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        // No character of GB18030 grows by more than half.
        var output = [CChar](repeating: 0, count: bytes.count * 2 + 16)
        let length = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target -> Int? in
                var (from, to) = (source.baseAddress, target.baseAddress)
                var (left, room) = (source.count, target.count)
                if iconv(converter, &from, &left, &to, &room) == -1 {
                    guard mayBeCut, errno == EINVAL else { return nil }
                } else if left > 0 {
                    return nil
                }
                return target.count - room
            }
        }
        guard let length else { return nil }
        return String(validating: output[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
