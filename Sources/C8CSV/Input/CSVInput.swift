/// Makes UTF-8 of the bytes of a table, a bounded piece at a time: unpacks, finds out the encoding, converts.
struct CSVInput: ~Copyable {
    private enum Packing {
        case unknown
        case none
        case gzip
    }

    /// Whether nothing will be added to the text any more.
    private(set) var isAtEnd = false

    private let compression: CSVCompression
    private let isNamedGzip: Bool
    private var isFinished = false
    private var received = ByteQueue()
    private var unpacked = ByteQueue()
    private var made = ByteQueue()
    private var packing = Packing.unknown
    private var gunzip: Gunzip?
    private var decoder: TextDecoder
    private var isPastMark = false
    private var failure: CSVError?

    /// - Parameter name: of the file; whether it ends in `.gz` matters.
    init(_ format: CSVFormat, name: String) {
        compression = format.compression
        let ending = name.utf8.suffix(3)
        isNamedGzip = ending.elementsEqual(".gz".utf8) || ending.elementsEqual(".GZ".utf8)
        decoder = TextDecoder(format.encoding)
    }

    /// The text that is ready, valid until the next mutation. Never begins with the table's byte order mark.
    var text: UnsafeRawBufferPointer { isPastMark ? made.bytes : UnsafeRawBufferPointer(start: nil, count: 0) }

    /// Whether more bytes may be supplied.
    var isOpen: Bool { !isFinished && failure == nil }

    /// Takes bytes off the front of the text.
    mutating func drop(_ count: Int) { made.removeFirst(count) }

    /// Adds what was read.
    mutating func supply(_ bytes: [UInt8]) {
        // The largest tables are the plainest: their bytes are copied once.
        if mayPassOn, bytes.withUnsafeBytes({ decoder.passesOn($0) }) {
            made.append(bytes)
        } else {
            received.append(bytes)
        }
    }

    /// Adds what the body reads into the room that it is lent.
    ///
    /// - Returns: how many bytes it says it has read.
    mutating func supply(
        atMost room: Int, _ body: (UnsafeMutableRawBufferPointer) throws -> Int
    ) rethrows -> Int {
        guard mayPassOn else { return try received.write(atMost: room, body) }
        let count = try made.write(atMost: room, body)
        let new = UnsafeRawBufferPointer(rebasing: made.bytes.suffix(count))
        if !decoder.passesOn(new) {
            received.append(new)
            made.removeLast(count)
        }
        return count
    }

    private var mayPassOn: Bool { isPastMark && packing == .none && received.count == 0 }

    /// Says that nothing more will be supplied.
    mutating func finish() { isFinished = true }

    /// Makes some more text of what was supplied.
    ///
    /// - Returns: whether anything changed. If not, more has to be supplied.
    /// - Throws: only when all text before the trouble was taken.
    mutating func advance() throws(CSVError) -> Bool {
        if isAtEnd { return false }
        let before = (received.count, unpacked.count, made.count)
        // Trouble with the text is further to the front than trouble with the packing, which is ahead of it.
        do throws(CSVError) { try step() } catch { failure = error }
        let after = (received.count, unpacked.count, made.count)
        passMark()
        if isAtEnd || before != after { return true }
        if let failure { throw failure }
        if isFinished { throw Gunzip.cutOff }
        return false
    }

    private mutating func step() throws(CSVError) {
        if packing == .unknown { try findPacking() }
        switch packing {
        case .unknown: break
        case .none:
            guard failure == nil else { return }
            try decoder.decode(&received, to: &made, isLast: isFinished)
            isAtEnd = isFinished && received.count == 0
        case .gzip:
            // What was unpacked before the trouble is still decoded.
            if failure == nil, unpacked.count < TextDecoder.step { unpack() }
            let isWhole = isFinished && received.count == 0 && gunzip?.isBetweenMembers ?? false && failure == nil
            try decoder.decode(&unpacked, to: &made, isLast: isWhole)
            isAtEnd = isWhole && unpacked.count == 0
        }
    }

    private mutating func unpack() {
        do throws(CSVError) {
            try gunzip?.unpack(&received, to: &unpacked, atMost: TextDecoder.step)
        } catch {
            failure = error
        }
    }

    private mutating func findPacking() throws(CSVError) {
        guard received.count >= FileSignature.length || isFinished else { return }
        let signature = FileSignature(received.bytes)
        switch (compression, signature) {
        case (.gzip, _), (.automatic, .gzip):
            gunzip = try Gunzip()
            packing = .gzip
        case (_, .zip):
            throw Self.notText("a zip archive or an Excel workbook")
        case (_, .compound):
            throw Self.notText("an Excel workbook")
        case (.automatic, nil) where isNamedGzip:
            throw CSVError(
                .compression, "the name ends in .gz, but the bytes are not gzip data",
                advice: "take the .gz off the name if the file is a plain table, else get or pack it again")
        case (.none, .gzip), (_, nil):
            packing = .none
        }
    }

    private static func notText(_ what: String) -> CSVError {
        CSVError(.usage, "this is \(what), not a table as text", advice: "save the table as CSV in UTF-8")
    }

    /// Drops the byte order mark, as soon as it is clear whether there is one.
    private mutating func passMark() {
        if isPastMark { return }
        let mark = EncodingGuess.byteOrderMark
        let start = made.bytes.prefix(mark.count)
        let mayBeMark = mark.starts(with: start)
        if mayBeMark, start.count < mark.count, !isAtEnd, failure == nil { return }
        isPastMark = true
        if mayBeMark, start.count == mark.count { made.removeFirst(mark.count) }
    }
}
