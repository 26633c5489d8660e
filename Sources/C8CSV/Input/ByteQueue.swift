import Glibc

/// Bytes that are added at the end and taken from the front. Grows as needed, and never shrinks.
struct ByteQueue: ~Copyable {
    private var memory: UnsafeMutableRawPointer?
    private var capacity = 0
    private var start = 0
    private var end = 0

    var count: Int { end - start }

    /// The bytes, valid until the next mutation.
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: memory.map { UnsafeRawPointer($0 + start) }, count: count)
    }

    deinit { memory?.deallocate() }

    mutating func removeFirst(_ count: Int) {
        start += count
        if start == end { (start, end) = (0, 0) }
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
        write(atMost: bytes.count) { target in
            target.baseAddress.map { _ = memcpy($0, source, bytes.count) }
            return bytes.count
        }
    }

    mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { append($0) }
    }

    /// Lets `body` fill room of so many bytes behind the last one, and say how many it wrote.
    ///
    /// - Returns: how many it wrote.
    @discardableResult
    mutating func write(atMost room: Int, _ body: (UnsafeMutableRawBufferPointer) throws -> Int) rethrows -> Int {
        reserve(room)
        guard let memory else { return 0 }
        let count = try body(UnsafeMutableRawBufferPointer(start: memory + end, count: room))
        end += count
        return count
    }

    /// Takes bytes off the end.
    mutating func removeLast(_ count: Int) { end -= count }

    private mutating func reserve(_ room: Int) {
        if capacity - end >= room { return }
        // Moving is cheap where it frees at least half; else it would be done again and again for a few bytes.
        if let memory, capacity - count >= room, start >= capacity / 2 {
            _ = memmove(memory, memory + start, count)
        } else {
            capacity = max(2 * capacity, count + room, 4096)
            let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
            if let memory {
                _ = memcpy(larger, memory + start, count)
                memory.deallocate()
            }
            memory = larger
        }
        (start, end) = (0, count)
    }
}
