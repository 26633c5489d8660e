import CZlib
import Testing

/// Packs bytes as `gzip` does.
func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    var packed = [UInt8](repeating: 0, count: bytes.count + bytes.count / 100 + 100)
    var source = bytes
    let room = UInt32(packed.count)
    let result = withUnsafeMutablePointer(to: &stream) { stream -> Int32 in
        guard deflateInit2_(stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK else {
            return Z_MEM_ERROR
        }
        defer { deflateEnd(stream) }
        return source.withUnsafeMutableBufferPointer { source in
            packed.withUnsafeMutableBufferPointer { target in
                stream.pointee.next_in = source.baseAddress
                stream.pointee.avail_in = UInt32(source.count)
                stream.pointee.next_out = target.baseAddress
                stream.pointee.avail_out = room
                return deflate(stream, Z_FINISH)
            }
        }
    }
    try #require(result == Z_STREAM_END)
    return Array(packed.prefix(Int(stream.total_out)))
}
