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
            place += 1
            if byte == ASCII.quote {
                place = endOfString(from: place)
            } else if byte | 0x20 == ASCII.openBrace {
                // '[' and '{' differ in this bit, and so do ']' and '}'.
                depth += 1
            } else if byte | 0x20 == ASCII.closeBrace {
                depth -= 1
                if depth == 0 {
                    advance(by: place - position)
                    return start..<place
                }
            }
        }
        return nil
    }

    /// The place after the quote that ends a string, or the end of the text.
    private func endOfString(from start: Int) -> Int {
        var place = start
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == ASCII.quote { return place }
            if byte == ASCII.backslash { place += 1 }
        }
        return bytes.count
    }
}
