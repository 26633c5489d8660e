import C8Queue
import Testing

@Suite struct CronExpressionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var after: String
        var next: [String]

        var testDescription: String { "\(text) after \(after)" }
    }

    /// `2026-11-26T20:00:00Z` in seconds.
    static func moment(_ text: String) -> Double {
        let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
        let date = CivilDate(year: numbers[0], month: numbers[1], day: numbers[2])
        return Double(date.days * 86400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5])
    }

    private func following(_ text: String, after: String, count: Int, _ offset: (Int) -> Int = { _ in 0 }) throws
        -> [String]
    {
        let expression = try CronExpression(text)
        var times: [String] = []
        var time = Self.moment(after)
        for _ in 0..<count {
            let next = expression.next(after: time, offset: offset)
            time = try #require(next)
            times.append(CivilDate.text(of: time))
        }
        return times
    }

    @Test(arguments: [
        Case(
            text: "*/15 8-9 * * *", after: "2026-11-26T08:20:00Z",
            next: [
                "2026-11-26T08:30:00Z", "2026-11-26T08:45:00Z", "2026-11-26T09:00:00Z",
            ]),
        Case(text: "30 8 * * MON-FRI", after: "2026-11-27T08:30:00Z", next: ["2026-11-30T08:30:00Z"]),
        Case(text: "0 0 * * 7", after: "2026-11-26T00:00:00Z", next: ["2026-11-29T00:00:00Z"]),
        Case(
            text: "0 12 * * fri-sun", after: "2026-11-26T00:00:00Z",
            next: [
                "2026-11-27T12:00:00Z", "2026-11-28T12:00:00Z", "2026-11-29T12:00:00Z", "2026-12-04T12:00:00Z",
            ]),
        // One of both days is enough.
        Case(
            text: "0 0 13 * FRI", after: "2026-11-05T00:00:00Z",
            next: [
                "2026-11-06T00:00:00Z", "2026-11-13T00:00:00Z", "2026-11-20T00:00:00Z", "2026-11-27T00:00:00Z",
                "2026-12-04T00:00:00Z", "2026-12-11T00:00:00Z", "2026-12-13T00:00:00Z",
            ]),
        Case(
            text: "0 0 ? * FRI", after: "2026-11-05T00:00:00Z", next: ["2026-11-06T00:00:00Z", "2026-11-13T00:00:00Z"]),
        Case(
            text: "0 0 29 2 *", after: "2026-01-01T00:00:00Z", next: ["2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"]),
        Case(
            text: "5/20 * * jan,DEC *", after: "2026-11-26T00:00:00Z",
            next: [
                "2026-12-01T00:05:00Z", "2026-12-01T00:25:00Z", "2026-12-01T00:45:00Z", "2026-12-01T01:05:00Z",
            ]),
        Case(text: "@hourly", after: "2026-12-31T23:59:59Z", next: ["2027-01-01T00:00:00Z", "2027-01-01T01:00:00Z"]),
        Case(text: "@weekly", after: "2026-11-26T00:00:00Z", next: ["2026-11-29T00:00:00Z"]),
        Case(text: " @Monthly ", after: "2026-11-26T00:00:00Z", next: ["2026-12-01T00:00:00Z"]),
        Case(text: "@yearly", after: "2026-11-26T00:00:00Z", next: ["2027-01-01T00:00:00Z"]),
        Case(text: "* * * * *", after: "1969-12-31T23:58:30Z", next: ["1969-12-31T23:59:00Z", "1970-01-01T00:00:00Z"]),
    ])
    func whenItComes(_ row: Case) throws {
        #expect(try following(row.text, after: row.after, count: row.next.count) == row.next)
    }

    /// Central Europe in 2026: forward on 29 March, back on 25 October, both at 1:00 UTC.
    private static func berlin(_ time: Int) -> Int {
        (Int(moment("2026-03-29T01:00:00Z"))..<Int(moment("2026-10-25T01:00:00Z"))).contains(time) ? 7200 : 3600
    }

    @Test(arguments: [
        // 2:30 is skipped: at the moment when it would have come.
        Case(
            text: "30 2 * * *", after: "2026-03-28T02:00:00Z", next: ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]),
        Case(
            text: "0 2,3 * * *", after: "2026-03-29T00:59:59Z", next: ["2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z"]),
        Case(
            text: "*/30 * * * *", after: "2026-03-29T00:30:00Z", next: ["2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z"]),
        // Each hour that passes has its minute, and no other one.
        Case(
            text: "15 * * * *", after: "2026-03-29T00:00:00Z", next: ["2026-03-29T00:15:00Z", "2026-03-29T01:15:00Z"]),
        // 2:30 comes twice, and counts once.
        Case(
            text: "30 2 * * *", after: "2026-10-24T12:00:00Z", next: ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]),
        Case(
            text: "*/20 2 * * *", after: "2026-10-25T00:00:00Z",
            next: [
                "2026-10-25T00:20:00Z", "2026-10-25T00:40:00Z", "2026-10-26T01:00:00Z",
            ]),
        Case(text: "30 2 * * *", after: "2026-10-25T01:10:00Z", next: ["2026-10-26T01:30:00Z"]),
        // Each hour passes.
        Case(
            text: "30 * * * *", after: "2026-10-25T00:00:00Z",
            next: [
                "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z",
            ]),
    ])
    func clocksThatArePutForwardAndBack(_ row: Case) throws {
        #expect(try following(row.text, after: row.after, count: row.next.count, Self.berlin) == row.next)
    }

    @Test(
        arguments: [
            ("", nil, "five"), ("* * * *", nil, "4 fields"), ("0 0 * * * *", nil, "6 fields"),
            ("@reboot", nil, "@hourly"),
            ("@daily 5", nil, "@daily"), ("60 * * * *", .minute, "0 to 59"), ("* 24 * * *", .hour, "0 to 23"),
            ("* * 0 * *", .day, "1 to 31"), ("* * * 13 *", .month, "JAN to DEC"), ("* * * * 8", .weekday, "SUN to SAT"),
            ("* * * * MONDAY", .weekday, "MONDAY"), ("+5 * * * *", .minute, "+5"), ("-5 * * * *", .minute, "0 to 59"),
            ("5- * * * *", .minute, "0 to 59"), ("1,,2 * * * *", .minute, "missing"),
            ("*/0 * * * *", .minute, "1 to 59"),
            ("*/ * * * *", .minute, "step"), ("* */24 * * *", .hour, "1 to 23"),
            ("30-10 * * * *", .minute, "backwards"),
            ("? * * * *", .minute, "\"*\""), ("0 0 L * *", .day, "L"), ("0 0 30 2 *", .day, "never"),
            ("0 0 31 4,6,9,11 ?", .day, "never"), ("99999999999999999999 * * * *", .minute, "0 to 59"),
            ("1/2/3 * * * *", .minute, "step"),
            ("٣ * * * *", .minute, "0 to 59"),
        ] as [(String, CronField?, String)])
    func whatIsWrongIsTold(_ text: String, _ field: CronField?, _ words: String) {
        let error = #expect(throws: CronError.self) { try CronExpression(text) }
        #expect(error?.field == field && error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test func aDayThatNeverComesIsFineWhereAnotherDoes() throws {
        #expect(try following("0 0 30 2 MON", after: "2026-02-20T00:00:00Z", count: 1) == ["2026-02-23T00:00:00Z"])
    }
}
