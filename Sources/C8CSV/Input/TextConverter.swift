import Glibc

/// Converts text between encodings piece by piece, through the C library's tables (iconv(3)).
struct TextConverter: ~Copyable {
    enum Outcome: Equatable {
        /// All is converted.
        case done
        /// Room for the result ran out.
        case full
        /// The rest is the beginning of a character.
        case cut
        /// What comes next is no character.
        case invalid
    }

    private let handle: iconv_t

    /// - Throws: where the C library has no tables for one of the encodings.
    init(from source: String, to target: String) throws(CSVError) {
        let handle = iconv_open(target, source)
        guard let handle, handle != iconv_t(bitPattern: -1) else {
            throw CSVError(
                .encoding, "this system cannot convert from \(source) to \(target)",
                advice: "install the C library's tables (Debian: libc6, or libc-gconv-modules-extra), or use UTF-8")
        }
        self.handle = handle
    }

    deinit { iconv_close(handle) }

    /// Converts some of `source`, or all.
    ///
    /// - Returns: how many bytes of `source` were taken, and why it ended.
    mutating func convert(
        _ source: UnsafeRawBufferPointer, to target: inout ByteQueue, atMost most: Int
    ) -> (taken: Int, outcome: Outcome) {
        guard !source.isEmpty else { return (0, .done) }
        var left = source.count
        var outcome = Outcome.done
        target.write(atMost: most) { room in
            var from = UnsafeMutablePointer(mutating: source.baseAddress?.assumingMemoryBound(to: CChar.self))
            var to = room.baseAddress?.assumingMemoryBound(to: CChar.self)
            var free = room.count
            if iconv(handle, &from, &left, &to, &free) == -1 {
                switch errno {
                case E2BIG: outcome = .full
                case EINVAL: outcome = .cut
                default: outcome = .invalid
                }
            }
            return room.count - free
        }
        return (source.count - left, outcome)
    }
}
