/// What keeps a secret out of an answer that repeats it.
extension Secret {
    /// The bytes with a stand-in wherever they hold the content, as it is or as a query or JSON text spells it.
    package func hidden(in bytes: [UInt8], spellings: [String]) -> [UInt8] {
        var result = bytes
        for spelling in [revealForRequest()] + spellings where spelling.utf8.count >= Self.shortestHidden {
            result = Self.replacing(Array(spelling.utf8), in: result, with: Array(description.utf8))
        }
        return result
    }

    private static func replacing(_ wanted: [UInt8], in bytes: [UInt8], with stand: [UInt8]) -> [UInt8] {
        guard let first = wanted.first, bytes.count >= wanted.count else { return bytes }
        var result: [UInt8] = []
        var copied = 0
        var position = 0
        while position + wanted.count <= bytes.count {
            guard bytes[position] == first, bytes[position..<position + wanted.count].elementsEqual(wanted) else {
                position += 1
                continue
            }
            result += bytes[copied..<position]
            result += stand
            position += wanted.count
            copied = position
        }
        guard copied > 0 else { return bytes }
        return result + bytes[copied...]
    }
}
