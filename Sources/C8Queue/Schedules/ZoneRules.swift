/// How many seconds the clocks of a time zone are ahead of UTC, as its file tells (TZif, RFC 9636).
package struct ZoneRules: Sendable, Equatable {
    /// When clocks change, in seconds since 1970, and by how many seconds they are ahead from then on.
    private var changes: [(at: Int, offset: Int)] = []
    /// Before the first change.
    private var first = 0
    /// After the last change.
    private var footer: ZoneFooter?

    package static let utc = ZoneRules()

    private init() {}

    /// - Returns: nil where the bytes are no such file.
    package init?(_ bytes: [UInt8]) {
        var reader = Reader(bytes: bytes[...])
        guard var header = Header(&reader) else { return nil }
        // Files since 2005 tell everything once more, in 64 bits.
        let isLong = header.version >= UInt8(ascii: "2")
        if isLong {
            guard reader.skip(header.size(timeBytes: 4)), let second = Header(&reader) else { return nil }
            header = second
        }
        let timeBytes = isLong ? 8 : 4
        guard reader.rest.count >= header.size(timeBytes: timeBytes), header.types > 0 else { return nil }
        var times: [Int] = []
        for _ in 0..<header.times {
            guard let time = reader.number(timeBytes) else { return nil }
            times.append(time)
        }
        let indices = Array(reader.rest.prefix(header.times))
        _ = reader.skip(header.times)
        var offsets: [Int] = []
        for _ in 0..<header.types {
            guard let offset = reader.number(4), reader.skip(2) else { return nil }
            offsets.append(offset)
        }
        guard indices.allSatisfy({ Int($0) < offsets.count }), abs(offsets.max(by: { abs($0) < abs($1) }) ?? 0) < 90_000
        else { return nil }
        first = offsets[0]
        changes = zip(times, indices).map { (at: $0, offset: offsets[Int($1)]) }
        guard zip(changes, changes.dropFirst()).allSatisfy({ $0.at < $1.at }) else { return nil }
        guard isLong, reader.skip(header.tail(timeBytes: timeBytes)), reader.rest.first == 0x0A else { return }
        let text = reader.rest.dropFirst().prefix { $0 != 0x0A }
        footer = ZoneFooter(String(decoding: text, as: UTF8.self))
    }

    /// - Parameter time: seconds since 1970.
    package func offset(at time: Int) -> Int {
        guard let last = changes.last, time < last.at else {
            return footer?.offset(at: time) ?? changes.last?.offset ?? first
        }
        // The first change that is still to come.
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].at <= time { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? first : changes[low - 1].offset
    }

    package static func == (left: ZoneRules, right: ZoneRules) -> Bool {
        left.first == right.first && left.footer == right.footer
            && left.changes.elementsEqual(right.changes) { $0 == $1 }
    }

    private struct Header {
        let version: UInt8
        let times: Int
        let types: Int
        private let letters: Int
        private let leaps: Int
        private let standards: Int
        private let universals: Int

        init?(_ reader: inout Reader) {
            guard reader.rest.starts(with: Array("TZif".utf8)), reader.skip(4), let version = reader.rest.first,
                reader.skip(16)
            else { return nil }
            self.version = version
            var counts: [Int] = []
            for _ in 0..<6 {
                guard let count = reader.number(4), (0...100_000).contains(count) else { return nil }
                counts.append(count)
            }
            (universals, standards, leaps) = (counts[0], counts[1], counts[2])
            (times, types, letters) = (counts[3], counts[4], counts[5])
        }

        /// Bytes of the whole block behind the header.
        func size(timeBytes: Int) -> Int { times * (timeBytes + 1) + types * 6 + tail(timeBytes: timeBytes) }

        /// Bytes behind the kinds of local time.
        func tail(timeBytes: Int) -> Int { letters + leaps * (timeBytes + 4) + standards + universals }
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        init(bytes: ArraySlice<UInt8>) { rest = bytes }

        mutating func skip(_ count: Int) -> Bool {
            guard rest.count >= count else { return false }
            rest = rest.dropFirst(count)
            return true
        }

        /// A signed number, its highest byte first.
        mutating func number(_ count: Int) -> Int? {
            guard rest.count >= count, let top = rest.first else { return nil }
            var value = top & 0x80 == 0 ? 0 : -1
            for byte in rest.prefix(count) { value = value << 8 | Int(byte) }
            rest = rest.dropFirst(count)
            return value
        }
    }
}
