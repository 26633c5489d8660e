/// How far a place's clocks were and will be ahead of UTC, from a file of the time zone database (TZif, RFC 8536).
package struct ZoneRules: Sendable, Equatable {
    package static let utc = ZoneRules()

    /// When clocks were changed, in seconds since 1970, in order; and what they were ahead from then on.
    private let times: [Int]
    private let offsets: [Int]
    /// Before all that.
    private let first: Int
    /// After all that; nil where they stay as they are.
    private let rest: YearlyZone?

    private init() {
        (times, offsets, first, rest) = ([], [], 0, nil)
    }

    /// - Parameter file: the bytes of such a file, of version 2 or later: the first one has no times after 2037.
    package init(_ file: [UInt8]) throws(ZoneError) {
        var reader = ZoneFileReader(file)
        let old = try reader.header()
        guard old.version >= 2 else { throw ZoneError(description: "it is of version 1, without the times after 2037") }
        try reader.skip(old.size(timeBytes: 4))
        let header = try reader.header()
        guard header.types > 0 else { throw ZoneError(description: "it names no offset") }
        var times: [Int] = []
        for _ in 0..<header.times { times.append(try reader.number(8)) }
        var indices: [Int] = []
        for _ in 0..<header.times { indices.append(Int(try reader.byte())) }
        var types: [Int] = []
        for _ in 0..<header.types {
            types.append(try reader.number(4))
            try reader.skip(2)
        }
        try reader.skip(header.size(timeBytes: 8) - header.times * 9 - header.types * 6)
        guard indices.allSatisfy(types.indices.contains), zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }),
            types.allSatisfy({ abs($0) <= 26 * 3600 })
        else { throw ZoneError(description: "its changes are not in order") }
        self.times = times
        offsets = indices.map { types[$0] }
        first = types[0]
        let footer = reader.line()
        rest = footer.isEmpty ? nil : try YearlyZone(footer)
    }

    /// Seconds that clocks are ahead of UTC at a time in seconds since 1970.
    package func offset(at time: Int) -> Int {
        guard let last = times.last else { return rest?.offset(at: time) ?? first }
        guard time < last else { return rest?.offset(at: time) ?? offsets[offsets.count - 1] }
        var (low, high) = (0, times.count)
        while low < high {
            let middle = (low + high) / 2
            if times[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? first : offsets[low - 1]
    }
}
