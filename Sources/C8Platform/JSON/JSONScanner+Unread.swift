import Glibc

extension JSONScanner {
    /// Steps over the object or array that is next, for a reader that comes back to it if it is wanted; nil, and the
    /// place is anywhere, where none is next or the text ends before it does.
    ///
    /// Looks at brackets and quotes alone: whoever reads the part checks it. A bindings file is hundreds of kilobytes,
    /// of which a script needs one or two, and this walk is all of the reading that every start pays for.
    mutating func skipUnread() -> Range<Int>? {
        let start = position
        guard peek == ASCII.openBrace || peek == ASCII.openBracket else { return nil }
        var place = position
        var depth = 0
        while place < bytes.count {
            let byte = bytes[place]
            place &+= 1
            switch byte {
            case ASCII.quote:
                place = endOfString(from: place)
            case ASCII.lineFeed:
                place = endOfIndentation(from: place)
            case ASCII.openBrace, ASCII.openBracket:
                depth &+= 1
            case ASCII.closeBrace, ASCII.closeBracket:
                depth &-= 1
                if depth == 0 {
                    advance(by: place - position)
                    return start..<place
                }
            default: break
            }
        }
        return nil
    }

    /// The place after the quote that ends a string, or the end of the text.
    private func endOfString(from start: Int) -> Int {
        var place = start
        while place < bytes.count, let base = bytes.baseAddress {
            // In bounds: `place` is below `count`, and so is whatever is found in the `count - place` bytes after it.
            guard let found = memchr(base + place, Int32(ASCII.quote), bytes.count &- place) else { break }
            let quote = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            var backslashes = quote
            while backslashes > start, bytes[backslashes &- 1] == ASCII.backslash { backslashes &-= 1 }
            // An even number of backslashes are escaped themselves.
            if (quote &- backslashes) & 1 == 0 { return quote &+ 1 }
            place = quote &+ 1
        }
        return bytes.count
    }

    /// The place after the spaces that begin a line, or after most of them.
    private func endOfIndentation(from start: Int) -> Int {
        let eightSpaces: UInt64 = 0x2020_2020_2020_2020
        var place = start
        // In bounds: eight bytes from `place` end at or below `count`.
        while place &+ 8 <= bytes.count,
            UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: place, as: UInt64.self) == eightSpaces
        {
            place &+= 8
        }
        return place
    }
}
