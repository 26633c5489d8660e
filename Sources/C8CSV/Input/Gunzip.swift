import CZlib

/// Unpacks gzip data piece by piece: one member, or several in a row, as `cat a.gz b.gz` makes them (RFC 1952, 2.2).
struct Gunzip: ~Copyable {
    private enum State {
        /// More data is needed, or more room.
        case going
        /// A member is complete. Another one may follow.
        case betweenMembers
    }

    // zlib keeps the address of the record, which therefore never moves.
    private let stream: UnsafeMutablePointer<z_stream>
    private var state = State.going

    /// - Throws: when memory is short.
    init() throws(CSVError) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // The largest window, and 16 to say that the data has gzip's header and trailer.
        let result = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard result == Z_OK else {
            stream.deallocate()
            throw Self.damaged("zlib cannot start (\(result))")
        }
        self.stream = stream
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Whether the data may end here.
    var isBetweenMembers: Bool { state == .betweenMembers }

    /// Unpacks at most `most` bytes, and takes what was needed for them from `packed`.
    ///
    /// - Throws: where the data is damaged.
    mutating func unpack(_ packed: inout ByteQueue, to unpacked: inout ByteQueue, atMost most: Int) throws(CSVError) {
        if state == .betweenMembers, try !nextMember(&packed) { return }
        var result = Z_OK
        var used = 0
        let source = packed.bytes
        unpacked.write(atMost: most) { room in
            stream.pointee.next_in = UnsafeMutablePointer(
                mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
            let offered = min(source.count, 1 << 30)
            stream.pointee.avail_in = UInt32(offered)
            stream.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(room.count)
            result = inflate(stream, Z_NO_FLUSH)
            used = offered - Int(stream.pointee.avail_in)
            return room.count - Int(stream.pointee.avail_out)
        }
        packed.removeFirst(used)
        switch result {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: state = .betweenMembers
        case Z_MEM_ERROR: throw Self.damaged("there is not enough memory to unpack it")
        default: throw Self.damaged(stream.pointee.msg.map { String(cString: $0) } ?? "zlib says \(result)")
        }
    }

    /// Whether another member begins. Zeros that fill up the last block of a tape are skipped.
    private mutating func nextMember(_ packed: inout ByteQueue) throws(CSVError) -> Bool {
        packed.removeFirst(packed.bytes.prefix { $0 == 0 }.count)
        guard let first = packed.bytes.first else { return false }
        guard first == Self.magic[0] else { throw Self.damaged("something else follows the packed data") }
        guard inflateReset(stream) == Z_OK else { throw Self.damaged("zlib cannot start again") }
        state = .going
        return true
    }

    /// The first bytes of each member.
    static let magic: [UInt8] = [0x1F, 0x8B]

    static func damaged(_ how: String) -> CSVError {
        CSVError(
            .compression, "the gzip data is damaged: \(how)",
            advice: "get or pack the file again, and check it with: gzip -t FILE")
    }

    static var cutOff: CSVError {
        CSVError(
            .compression, "the gzip data ends before its end",
            advice: "get or pack the file again, as a transfer may have been cut off; check it with: gzip -t FILE")
    }
}
