/// Reads the parts of a time zone file one after another.
struct ZoneFileReader {
    /// The counts at the beginning of a block.
    struct Header {
        var version: UInt8
        var times: Int
        var types: Int
        /// Bytes of what follows the times and the types.
        var more: Int
        var leaps: Int

        /// Of the block after its header, in bytes.
        func size(timeBytes: Int) -> Int { times * (timeBytes + 1) + types * 6 + more + leaps * (timeBytes + 4) }
    }

    private var bytes: ArraySlice<UInt8>

    init(_ file: [UInt8]) {
        bytes = file[...]
    }

    mutating func header() throws(ZoneError) -> Header {
        guard bytes.prefix(4).elementsEqual("TZif".utf8) else {
            throw ZoneError(description: "it is no time zone file")
        }
        try skip(4)
        let digit = try byte()
        try skip(15)
        var counts: [Int] = []
        for _ in 0..<6 { counts.append(try number(4)) }
        guard counts.allSatisfy({ (0...100_000).contains($0) }) else { throw Self.cut }
        let version = digit >= UInt8(ascii: "2") ? digit - UInt8(ascii: "0") : 1
        return Header(
            version: version, times: counts[3], types: counts[4], more: counts[0] + counts[1] + counts[5],
            leaps: counts[2])
    }

    mutating func byte() throws(ZoneError) -> UInt8 {
        guard let byte = bytes.popFirst() else { throw Self.cut }
        return byte
    }

    /// With its sign, the highest byte first.
    mutating func number(_ count: Int) throws(ZoneError) -> Int {
        guard bytes.count >= count else { throw Self.cut }
        let number = bytes.prefix(count).reduce(Int64(0)) { $0 << 8 | Int64($1) }
        bytes = bytes.dropFirst(count)
        let unused = 64 - 8 * Int64(count)
        return Int((number << unused) >> unused)
    }

    mutating func skip(_ count: Int) throws(ZoneError) {
        guard count >= 0, bytes.count >= count else { throw Self.cut }
        bytes = bytes.dropFirst(count)
    }

    /// What stands between two ends of lines; empty where nothing does.
    mutating func line() -> Substring {
        let end = UInt8(ascii: "\n")
        guard bytes.popFirst() == end else { return "" }
        return Substring(decoding: bytes.prefix { $0 != end }, as: UTF8.self)
    }

    private static let cut = ZoneError(description: "it ends before its time or counts wrongly")
}
