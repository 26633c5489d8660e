import Testing

@testable import C8Run

@Suite struct TimeTests {
    @Test(
        arguments: [
            ("1970-01-01", 0), ("1970-01-01T00:00:00Z", 0), ("2026-11-24T08:00:00+08:00", 1_795_478_400),
            ("2023-01-01 10:00:00", 1_672_567_200), ("2000-02-29T23:59:59Z", 951_868_799),
            ("1969-12-31T23:59:59.5Z", -0.5),
            ("2026-11-24T08:00:00.250+0800", 1_795_478_400.25), ("9999-12-31T23:59:59Z", 253_402_300_799),
        ] as [(String, Double)])
    func timeIsParsed(text: String, seconds: Double) throws {
        #expect(try CivilTime.parse(text, defaultZone: .utc) == seconds)
    }

    @Test(arguments: [
        "", "today", "2026-13-01", "2026-02-29", "2026-1-1", "2026-01-01T", "2026-01-01T25:00", "2026-01-01T10:60",
        "2026-01-01T10:00:00+24:00", "2026-01-01T10:00:00Z now", "2026-01-01T10:00:00+08:",
    ])
    func whatIsNoTimeIsRefused(text: String) {
        #expect(throws: CivilTime.Problem.self) { try CivilTime.parse(text, defaultZone: .utc) }
    }

    @Test(
        arguments: [
            (0, "UTC", "1970-01-01T00:00:00Z"), (-1, "UTC", "1969-12-31T23:59:59Z"),
            (0.25, "+08:00", "1970-01-01T08:00:00.250+08:00"),
            (951_782_400, "-03:30", "2000-02-28T20:30:00-03:30"),
        ] as [(Double, String, String)])
    func timeIsFormatted(seconds: Double, zone: String, text: String) throws {
        #expect(CivilTime.format(seconds, zone: try #require(CivilTime.Zone(zone))) == text)
    }

    @Test func everyDayOfFourCenturiesSurvivesTheRoundTrip() throws {
        for day in stride(from: -80_000, to: 80_000, by: 1) {
            let text = CivilTime.format(Double(day) * 86_400, zone: .utc)
            guard try CivilTime.parse(text, defaultZone: .utc) == Double(day) * 86_400 else {
                Issue.record("day \(day) became \(text)")
                return
            }
        }
    }

    @Test(
        arguments: [
            ("PT8H", 28_800), ("P1D", 86_400), ("P1DT2H3M4.5S", 93_784.5), ("PT0S", 0), ("-PT1M", -60),
            ("P2W", 1_209_600),
        ] as [(String, Double)])
    func durationIsRead(text: String, seconds: Double) {
        #expect(ISODuration.seconds(text) == seconds)
    }

    @Test(arguments: ["", "P", "PT", "8H", "PT8", "P8H", "PT1D", "P1Y", "P1M", "PT1M1H", "PTH", "PT1H ", "PT٣H"])
    func whatIsNoDurationIsRefused(text: String) {
        #expect(ISODuration.seconds(text) == nil)
    }
}
