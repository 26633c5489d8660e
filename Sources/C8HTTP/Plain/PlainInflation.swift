import CZlib

/// Unpacks a body that a server has compressed with gzip or deflate.
enum PlainInflation {
    /// How much larger than its compressed form an answer may become.
    static let ratio = 200

    /// - Parameter most: bytes that the unpacked body may have.
    static func unpacked(_ packed: [UInt8], atMost most: Int) throws(PlainProblem) -> [UInt8] {
        let limit = min(most, packed.count.multipliedReportingOverflow(by: ratio).partialValue)
        // zlib keeps the address of the record, which therefore must not move.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        // The largest window; 32 more to tell the two formats apart by their headers.
        guard inflateInit2_(stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .damagedPacking
        }
        defer { inflateEnd(stream) }
        var unpacked = [UInt8](repeating: 0, count: max(256, min(limit, packed.count &* 4)) + 1)
        var written = 0
        var result = Z_OK
        packed.withUnsafeBufferPointer { source in
            stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
            stream.pointee.avail_in = UInt32(clamping: source.count)
            while result == Z_OK, written <= limit {
                if written == unpacked.count {
                    unpacked += [UInt8](repeating: 0, count: min(unpacked.count, limit + 1 - written))
                }
                unpacked.withUnsafeMutableBufferPointer { room in
                    stream.pointee.next_out = room.baseAddress.map { $0 + written }
                    stream.pointee.avail_out = UInt32(clamping: room.count - written)
                    result = inflate(stream, Z_NO_FLUSH)
                    written = room.count - Int(stream.pointee.avail_out)
                }
                // Several members are one content (RFC 1952 §2.2); what is none, is no end.
                if result == Z_STREAM_END, stream.pointee.avail_in > 0 { result = inflateReset(stream) }
            }
        }
        if written > limit { throw .unpackedTooLarge }
        guard result == Z_STREAM_END else { throw .damagedPacking }
        unpacked.removeLast(unpacked.count - written)
        return unpacked
    }
}
