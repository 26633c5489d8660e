/// A body that is read while it is sent, so that it need not fit in memory.
package struct HTTPUpload: Sendable {
    /// How many bytes are sent, neither more nor less.
    package let length: Int64
    /// At most so many bytes from an offset; fewer only at the end. Asked from the beginning again for each request.
    package let read: @Sendable (_ offset: Int64, _ count: Int) throws -> [UInt8]

    package init(length: Int64, read: @escaping @Sendable (_ offset: Int64, _ count: Int) throws -> [UInt8]) {
        self.length = length
        self.read = read
    }

    /// The source ended before its length.
    struct EndedEarly: Error, CustomStringConvertible {
        let missing: Int64
        var description: String { "what is sent became \(missing) bytes shorter meanwhile" }
    }

    /// Big enough that the calls do not count, small enough that many uploads at once do not either.
    static let pieceLength: Int64 = 1 << 16

    /// Reads piece after piece, each one after `write` has taken the one before, and says which one ends the body.
    func send(_ write: (_ bytes: [UInt8], _ isLast: Bool) async throws -> Void) async throws {
        var offset: Int64 = 0
        while offset < length {
            let wanted = min(Self.pieceLength, length - offset)
            let bytes = try read(offset, Int(wanted))
            guard !bytes.isEmpty, Int64(bytes.count) <= wanted else { throw EndedEarly(missing: length - offset) }
            offset += Int64(bytes.count)
            try await write(bytes, offset == length)
        }
    }
}
