import C8Queue
import Testing

/// Schedules, which fire once for all workers.
@Suite(.timeLimit(.minutes(2))) struct JobScheduleTests {
    private typealias Fixture = JobQueueFixture

    private let everyMinute: @Sendable (JobSchedule, Double) -> Double? = { schedule, time in
        (try? CronExpression(schedule.expression))?.next(after: time) { _ in 0 }
    }

    /// - Parameter ago: seconds since its first firing.
    private func schedule(
        _ id: String, ago: Double, _ change: (inout JobRequest) -> Void = { _ in }
    ) throws -> JobSchedule {
        let first = ((Fixture.now - ago) / 60).rounded(.down) * 60
        return JobSchedule(
            request: try Fixture.request(id, "return 'daily'", change), expression: "* * * * *", zone: "Asia/Shanghai",
            nextAt: first)
    }

    @Test(arguments: JobQueueKind.allCases)
    func manySchedulersFireOnce(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        let queue = try await fixture.open()
        let made = try schedule("日报", ago: 0) { ($0.input, $0.tag, $0.priority) = ("7", "x", 3) }
        #expect(try await queue.schedule(made, at: Fixture.now) == .added)
        let fired = try await withThrowingTaskGroup(of: [JobID].self) { group in
            for _ in 0..<8 {
                group.addTask { [everyMinute] in
                    try await fixture.open().fire(at: Fixture.now, next: everyMinute)
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        // The minute may have ended meanwhile.
        #expect((1...2).contains(fired.count) && Set(fired).count == fired.count)
        #expect(fired.map(\.text).contains("日报@\(CivilDate.text(of: made.nextAt))"))
        let jobs = try await queue.claim(JobWish(tags: ["x"], most: 9), as: Fixture.worker(), at: Fixture.now)
        #expect(Set(jobs.map(\.claim.id)) == Set(fired))
        var expected = made.request
        expected.id = try #require(jobs.first).claim.id
        #expect(jobs.first?.request == expected)
        #expect(try await queue.show(expected.id)?.record.schedule == made.request.id)
        let after = try #require(try await queue.schedules().first)
        #expect(after.count == Int64(fired.count) && after.lastAt == after.nextAt - 60 && after.request == made.request)
    }

    @Test(arguments: JobQueueKind.allCases)
    func ofThoseThatWereMissedTheLastIsMadeUpFor(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        // Its folder goes with it.
        defer { withExtendedLifetime(fixture) {} }
        let queue = try await fixture.open()
        let made = try schedule("a", ago: 400 * 86400)
        #expect(try await queue.schedule(made, at: Fixture.now) == .added)
        let before = Fixture.now
        let fired = try await queue.fire(at: Fixture.now, next: everyMinute)
        #expect(fired.count == 1)
        let found = try #require(try await queue.schedules().first)
        #expect(found.count == 1 && found.nextAt > before && found.nextAt <= Fixture.now + 60)
        #expect(found.lastAt == found.nextAt - 60)
        #expect(try await queue.schedule(schedule("b", ago: -3600), at: Fixture.now) == .added)
        #expect(try await queue.fire(at: before, next: { _, _ in nil }).isEmpty, "before its time")
    }

    @Test(arguments: JobQueueKind.allCases)
    func aScheduleIsReplacedAndEnds(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        // Its folder goes with it.
        defer { withExtendedLifetime(fixture) {} }
        let queue = try await fixture.open()
        var made = try schedule("a", ago: -600)
        #expect(try await queue.schedule(made, at: Fixture.now) == .added)
        made.nextAt += 60
        #expect(try await queue.schedule(made, at: Fixture.now) == .present(.waiting))
        #expect(try await queue.schedules().map(\.nextAt) == [made.nextAt - 60], "it goes on as it was")
        made.expression = "*/5 * * * *"
        made.request.script = JobScript(name: "b.lua", source: [1, 0], hash: "b")
        #expect(try await queue.schedule(made, at: Fixture.now) == .added)
        #expect(try await queue.schedules() == [made])
        let id = made.request.id
        await #expect(throws: JobQueueError.otherJob(id)) { try await queue.submit(made.request, at: Fixture.now) }
        #expect(try await queue.cancel(id, at: Fixture.now) == .cancelled)
        #expect(try await queue.schedules().isEmpty)
        #expect(try await queue.submit(made.request, at: Fixture.now) == .added)
        await #expect(throws: JobQueueError.otherJob(id)) { try await queue.schedule(made, at: Fixture.now) }
        let long = try schedule(String(repeating: "x", count: 190), ago: 0)
        await #expect(throws: JobQueueError.self) { try await queue.schedule(long, at: Fixture.now) }
    }
}
