import C8Queue
import Synchronization

/// The end of a text that may be long: what a job's record keeps of its output and of its log.
final class TextTail: Sendable {
    private let limit: Int
    private let bytes = Mutex<[UInt8]>([])

    /// - Parameter limit: bytes that are kept.
    init(limit: Int = JobRetry.keptText) { self.limit = limit }

    func add(_ more: [UInt8]) {
        bytes.withLock { bytes in
            if more.count >= limit {
                bytes = Array(more.suffix(limit))
                return
            }
            bytes += more
            // Now and then, so that short pieces do not move all of it each time.
            if bytes.count > 2 * limit { bytes.removeFirst(bytes.count - limit) }
        }
    }

    func add(_ text: String) { add(Array(text.utf8)) }

    /// As UTF-8 of at most the limit, without NUL, which the databases do not take.
    var text: String {
        var bytes = bytes.withLock { $0.suffix(limit) }
        // The first character may have lost its beginning.
        if bytes.count == limit { bytes = bytes.drop { $0 & 0xC0 == 0x80 } }
        var text = String(decoding: bytes, as: UTF8.self)
        if bytes.contains(0) { text = text.replacing("\0", with: "\u{FFFD}") }
        guard text.utf8.count > limit else { return text }
        // Each byte that is no UTF-8 has become three.
        var kept = text.utf8.suffix(limit)
        kept = kept.drop { $0 & 0xC0 == 0x80 }
        return String(decoding: kept, as: UTF8.self)
    }
}
