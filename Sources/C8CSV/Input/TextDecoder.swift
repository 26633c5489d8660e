import Glibc

/// Makes UTF-8 of a table's text, whose encoding it finds out where none is given.
struct TextDecoder: ~Copyable {
    private enum Coding {
        case unknown
        /// Found out or given: bytes are passed on as they are, and the parser looks at the fields that are wanted.
        case utf8
        case gb18030
        case utf16
    }

    private var coding: Coding
    private var converter: TextConverter?
    private var isPastStart = false

    /// How many bytes are made at a time, about.
    static let step = 256 << 10

    init(_ encoding: CSVEncoding) {
        switch encoding {
        case .automatic: coding = .unknown
        case .utf8: coding = .utf8
        case .gb18030: coding = .gb18030
        }
    }

    /// Whether these bytes, as the next ones, are passed on as they are.
    func passesOn(_ bytes: UnsafeRawBufferPointer) -> Bool {
        switch coding {
        case .utf8: true
        case .unknown: isPastStart && ByteScan.asciiCount(bytes) == bytes.count
        case .gb18030, .utf16: false
        }
    }

    /// Moves a piece from one queue to the other, or nothing where more bytes are needed.
    ///
    /// - Parameter isLast: whether the text ends with `source`.
    mutating func decode(
        _ source: inout ByteQueue, to text: inout ByteQueue, isLast: Bool
    ) throws(CSVError) {
        if coding == .unknown { try find(source.bytes, isLast: isLast) }
        switch coding {
        case .unknown:
            // Until a byte is no ASCII, the encodings do not differ.
            guard isPastStart else { return }
            Self.move(ByteScan.asciiCount(Self.piece(source)), of: &source, to: &text)
        case .utf8:
            Self.move(source.count, of: &source, to: &text)
        case .gb18030, .utf16:
            try convert(&source, to: &text, isLast: isLast)
        }
    }

    private mutating func find(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(CSVError) {
        var guess: EncodingGuess?
        if !isPastStart {
            guard bytes.count >= EncodingGuess.byteOrderMark.count || isLast else { return }
            isPastStart = true
            guess = EncodingGuess.mark(bytes)
        }
        if guess == nil, let first = bytes.first, first >= 0x80 { guess = EncodingGuess.judge(bytes, isLast: isLast) }
        switch guess {
        case nil: break
        case .utf8: coding = .utf8
        case .gb18030: coding = .gb18030
        case .utf16LittleEndian:
            coding = .utf16
            converter = try TextConverter(from: "UTF-16LE", to: "UTF-8")
        case .utf16BigEndian:
            coding = .utf16
            converter = try TextConverter(from: "UTF-16BE", to: "UTF-8")
        }
    }

    private mutating func convert(
        _ source: inout ByteQueue, to text: inout ByteQueue, isLast: Bool
    ) throws(CSVError) {
        guard var converter = converter.take() else {
            converter = try TextConverter(from: "GB18030", to: "UTF-8")
            return try convert(&source, to: &text, isLast: isLast)
        }
        let enough = text.count + Self.step
        var isStuck = false
        while source.count > 0, text.count < enough, !isStuck {
            var piece = Self.piece(source)
            if coding == .gb18030 {
                let ascii = ByteScan.asciiCount(piece)
                if ascii > 0 {
                    Self.move(ascii, of: &source, to: &text)
                    continue
                }
                // LF is no part of a longer character, so that behind it ASCII may be copied again.
                piece = Self.line(piece)
            }
            // No character grows by more than half.
            let (taken, outcome) = converter.convert(piece, to: &text, atMost: 2 * piece.count + 16)
            source.removeFirst(taken)
            if outcome == .invalid || (outcome == .cut && taken == 0 && isLast) {
                throw CSVError(
                    .encoding, "the bytes here are not \(coding == .gb18030 ? "GB18030" : "UTF-16")",
                    advice: "give the table's encoding, or save it as UTF-8")
            }
            isStuck = outcome == .cut && taken == 0
        }
        self.converter = consume converter
    }

    private static func piece(_ source: borrowing ByteQueue) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: source.bytes.prefix(step))
    }

    /// The bytes up to the first LF and with it, or all.
    private static func line(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard let base = bytes.baseAddress, let found = memchr(base, Int32(UInt8(ascii: "\n")), bytes.count) else {
            return bytes
        }
        return UnsafeRawBufferPointer(start: base, count: UnsafeRawPointer(found) - base + 1)
    }

    private static func move(_ count: Int, of source: inout ByteQueue, to target: inout ByteQueue) {
        target.append(UnsafeRawBufferPointer(rebasing: source.bytes.prefix(min(count, step))))
        source.removeFirst(min(count, step))
    }
}
