/// What the bytes of a table say about its encoding.
enum EncodingGuess: Equatable {
    case utf8
    case gb18030
    case utf16LittleEndian
    case utf16BigEndian

    /// So many bytes that are UTF-8, from the first that is no ASCII on, are no accident.
    static let window = 64 << 10
    /// U+FEFF in UTF-8.
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// What the mark at the beginning of a text says; nil without one.
    static func mark(_ bytes: UnsafeRawBufferPointer) -> EncodingGuess? {
        if bytes.starts(with: byteOrderMark) { return .utf8 }
        if bytes.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
        if bytes.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
        return nil
    }

    /// Judges a text from its first byte on that is no ASCII. Nil while more bytes could tell.
    ///
    /// - Parameter isLast: whether the text ends after these bytes.
    static func judge(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> EncodingGuess? {
        let start = UnsafeRawBufferPointer(rebasing: bytes.prefix(window))
        if let trouble = ByteScan.utf8Trouble(start) {
            // The window, or what there is of it, may end within a character.
            let mayGoOn = trouble.isCut && !(isLast && start.count == bytes.count)
            if !mayGoOn { return .gb18030 }
        }
        return isLast || start.count == window ? .utf8 : nil
    }
}
