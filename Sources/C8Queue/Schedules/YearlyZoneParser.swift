/// Reads the parts of a ``YearlyZone``.
struct YearlyZoneParser {
    private let text: Substring
    private var rest: Substring.UTF8View

    init(_ text: Substring) {
        self.text = text
        rest = text.utf8
    }

    var isAtEnd: Bool { rest.isEmpty }
    var isAtRule: Bool { rest.first == UInt8(ascii: ",") }
    var error: ZoneError { ZoneError(description: "\"\(text)\" is no rule for clocks") }

    /// `CET` or `<+0330>`.
    mutating func name() throws(ZoneError) {
        if skip("<") {
            while let byte = rest.popFirst(), byte != UInt8(ascii: ">") {}
            return
        }
        let letters = rest.prefix { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte & ~0x20)
        }
        guard letters.count >= 3 else { throw error }
        rest = rest.dropFirst(letters.count)
    }

    /// `-3`, `5:30` or `+01:00:00`, in seconds.
    mutating func time(most hours: Int) throws(ZoneError) -> Int {
        let isNegative = skip("-")
        if !isNegative { _ = skip("+") }
        var seconds = try number(0...hours) * 3600
        for unit in [60, 1] where skip(":") { seconds += try number(0...59) * unit }
        return isNegative ? -seconds : seconds
    }

    /// `,M3.5.0/2`.
    mutating func change() throws(ZoneError) -> YearlyZone.Change {
        guard skip(",") else { throw error }
        let day: YearlyZone.Change.Day
        if skip("M") {
            let month = try number(1...12)
            guard skip(".") else { throw error }
            let week = try number(1...5)
            guard skip(".") else { throw error }
            day = .weekday(month: month, week: week, weekday: try number(0...6))
        } else if skip("J") {
            day = .julian(try number(1...365))
        } else {
            day = .ordinal(try number(0...365))
        }
        return YearlyZone.Change(day: day, seconds: skip("/") ? try time(most: 167) : 2 * 3600)
    }

    private mutating func number(_ range: ClosedRange<Int>) throws(ZoneError) -> Int {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard digits.count <= 3, let number = Int(Substring(digits)), range.contains(number) else { throw error }
        rest = rest.dropFirst(digits.count)
        return number
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first.map(UInt32.init) == character.value else { return false }
        rest = rest.dropFirst()
        return true
    }
}
