import C8Queue
import Testing

@Suite struct JobFiringTests {
    private func schedule(nextAt: Double) throws -> JobSchedule {
        let request = JobRequest(
            id: try JobID("日报"), script: JobScript(name: "a", source: [], hash: "h"), notBefore: 5)
        return JobSchedule(request: request, expression: "", zone: "UTC", nextAt: nextAt)
    }

    /// The next multiple.
    private func every(_ seconds: Double) -> (Double) -> Double? {
        { (($0 / seconds).rounded(.down) + 1) * seconds }
    }

    @Test(arguments: [60.0, 86400, 604_800])
    func ofManyThatWereMissedTheLastIsFound(_ period: Double) throws {
        let first = (1.8e9 / period).rounded(.down) * period
        for missed in [0.0, 1, 2, 30, 5000] {
            let now = first + missed * period + period / 2
            let firing = try #require(try schedule(nextAt: first).firing(at: now, next: every(period)))
            #expect(firing.moment == first + missed * period && firing.nextAt == firing.moment + period)
            #expect(
                firing.request.id.text == "日报@\(CivilDate.text(of: firing.moment))" && firing.request.notBefore == nil)
        }
    }

    @Test func nothingFiresBeforeItsTimeOrWithoutAFurtherOne() throws {
        let made = try schedule(nextAt: 1000)
        #expect(try made.firing(at: 999.5, next: every(60)) == nil)
        #expect(try made.firing(at: 1000, next: { _ in nil }) == nil)
        #expect(try made.firing(at: 1000, next: { $0 }) == nil, "time stands still")
        #expect(try made.firing(at: 1000, next: every(60))?.moment == 1000)
    }
}
