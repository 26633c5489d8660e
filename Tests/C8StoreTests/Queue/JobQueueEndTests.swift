import C8Queue
import Testing

/// What becomes of jobs: ends, retries, workers that are lost.
@Suite(.timeLimit(.minutes(2))) struct JobQueueEndTests {
    private typealias Fixture = JobQueueFixture

    /// Submits a job and takes it.
    private func begun(
        _ queue: any JobQueue, _ id: String = "a", as worker: WorkerIdentity = Fixture.worker(),
        _ change: (inout JobRequest) -> Void = { _ in }
    ) async throws -> JobClaim {
        _ = try await queue.submit(Fixture.request(id, "return 1", change), at: Fixture.now)
        return try await taken(queue, as: worker)
    }

    private func taken(_ queue: any JobQueue, as worker: WorkerIdentity = Fixture.worker()) async throws -> JobClaim {
        try #require(try await queue.claim(JobWish(), as: worker, at: Fixture.now).first).claim
    }

    private func report(_ queue: any JobQueue, _ claim: JobClaim) async throws -> JobReport {
        try #require(try await queue.show(claim.id))
    }

    @Test(arguments: JobQueueKind.allCases)
    func howAnAttemptEndedIsKept(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        // Its folder goes with it.
        defer { withExtendedLifetime(fixture) {} }
        let queue = try await fixture.open()
        let claim = try await begun(queue)
        let long = String(repeating: "长", count: 30_000) + "\0 end \"quoted\" \\ ,{}"
        let end = JobEnd(exitCode: 0, result: #"{"n":"数"}"#, output: long, log: "log\nNULL\n")
        #expect(try await queue.end([(claim, end)], at: Fixture.now).isEmpty)
        let report = try await report(queue, claim)
        #expect(report.record.state == .done && report.record.exitCode == 0 && report.record.error == nil)
        #expect(report.result == #"{"n":"数"}"# && report.attempts.count == 1)
        let attempt = try #require(report.attempts.first)
        #expect(attempt.exitCode == 0 && attempt.endedAt != nil && attempt.log == "log\nNULL\n")
        #expect(attempt.output.utf8.count <= 64 << 10 && attempt.output.hasSuffix("\u{FFFD} end \"quoted\" \\ ,{}"))
        #expect(attempt.output.hasPrefix("长长"))
        #expect(try await queue.end([(claim, end)], at: Fixture.now) == [claim], "it has ended")
    }

    @Test(arguments: JobQueueKind.allCases)
    func someCodesAreTriedAgainUntilAttemptsAreUsedUp(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        let queue = try await fixture.open()
        var claim = try await begun(queue) { $0.mostAttempts = 3 }
        for (attempt, pause) in [(1, 10.0), (2, 20)] {
            let end = JobEnd(exitCode: 69, error: "the platform cannot be reached", log: "\(attempt)")
            #expect(try await queue.end([(claim, end)], at: Fixture.now).isEmpty)
            let record = try await report(queue, claim).record
            #expect(record.state == .waiting && record.attempts == attempt && record.exitCode == 69)
            #expect(record.error == "the platform cannot be reached" && record.endedAt == nil)
            let rest = record.notBefore - Fixture.now
            #expect(rest > pause - 5 && rest < pause * 1.2 + 1)
            #expect(try await queue.claim(JobWish(), as: Fixture.worker(), at: Fixture.now).isEmpty)
            try await fixture.makeDue()
            claim = try await taken(queue)
            #expect(claim.fence == Int64(attempt + 1))
        }
        #expect(try await queue.end([(claim, JobEnd(exitCode: 75, error: "in doubt"))], at: Fixture.now).isEmpty)
        let last = try await report(queue, claim)
        #expect(last.record.state == .dead && last.record.exitCode == 75 && last.record.endedAt != nil)
        #expect(last.attempts.map(\.number) == [1, 2, 3] && last.attempts.map(\.log) == ["1", "2", ""])
    }

    @Test(arguments: JobQueueKind.allCases)
    func manyEndsAreRecordedAtOnceAndThoseThatAreLostAreTold(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        // Its folder goes with it.
        defer { withExtendedLifetime(fixture) {} }
        let queue = try await fixture.open()
        for id in ["a", "b", "c", "d"] { _ = try await queue.submit(Fixture.request(id), at: Fixture.now) }
        let jobs = try await queue.claim(JobWish(most: 4), as: Fixture.worker(), at: Fixture.now)
        let claims = jobs.map(\.claim)
        let foreign = JobClaim(id: claims[3].id, number: claims[3].number, fence: claims[3].fence - 1)
        let ends = [
            (claims[0], JobEnd(exitCode: 0)), (claims[1], JobEnd(exitCode: 1, error: "line 3: \"no\"")),
            (claims[2], JobEnd(exitCode: 69, error: "away", hasWritten: true)), (foreign, JobEnd(exitCode: 0)),
        ]
        #expect(try await queue.end(ends, at: Fixture.now) == [foreign])
        #expect(try await queue.counts() == [.done: 1, .failed: 1, .dead: 1, .running: 1])
        #expect(try await report(queue, claims[1]).record.error == "line 3: \"no\"")
        #expect(try await report(queue, claims[2]).record.hasWritten)
        #expect(try await queue.end([], at: Fixture.now).isEmpty)
    }

    @Test(arguments: JobQueueKind.allCases)
    func aDrainedJobIsPutBackAsIfItHadNotBeenBegun(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        // Its folder goes with it.
        defer { withExtendedLifetime(fixture) {} }
        let queue = try await fixture.open()
        let claim = try await begun(queue)
        #expect(try await queue.end([(claim, JobEnd(exitCode: 143, isDrained: true))], at: Fixture.now).isEmpty)
        let found = try await report(queue, claim)
        #expect(found.record.state == .waiting && found.record.attempts == 0 && found.attempts.isEmpty)
        let again = try await taken(queue)
        #expect(again.fence == 2)
        let end = JobEnd(exitCode: 143, error: "drained", hasWritten: true, isDrained: true)
        #expect(try await queue.end([(again, end)], at: Fixture.now).isEmpty)
        #expect(try await report(queue, claim).record.state == .dead)
    }

    @Test(arguments: JobQueueKind.allCases)
    func aJobOfALostWorkerIsTakenOverAndTheOldOneRecordsNothing(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        let (theirs, watching) = (try await fixture.open(), try await fixture.open())
        var mine: (any JobQueue)? = try await fixture.open()
        let old = try await begun(try #require(mine), as: Fixture.worker(1))
        #expect(try await theirs.claim(JobWish(), as: Fixture.worker(2), at: Fixture.now).isEmpty, "it is held")
        #expect(try await mine?.beat([old], lease: 30, as: Fixture.worker(1), at: Fixture.now) == JobBeat())
        // The process ends.
        mine = nil
        try await fixture.endLeases()
        let new = try await taken(theirs, as: Fixture.worker(2))
        #expect(new.fence > old.fence && new.number == old.number)
        // It was merely paused, as far as it knows.
        #expect(try await watching.beat([old], lease: 30, as: Fixture.worker(1), at: Fixture.now).lost == [old])
        await #expect(throws: JobQueueError.lostOwnership(old.id)) {
            try await watching.noteWrite(old, at: Fixture.now)
        }
        #expect(try await watching.end([(old, JobEnd(exitCode: 0, result: "1"))], at: Fixture.now) == [old])
        #expect(try await theirs.end([(new, JobEnd(exitCode: 0, result: "2"))], at: Fixture.now).isEmpty)
        let report = try await report(theirs, new)
        #expect(report.result == "2" && report.record.attempts == 2 && report.attempts.map(\.number) == [1, 2])
        #expect(
            report.attempts.first?.endedAt == nil
                && report.attempts.first?.error == "its worker (process 1 on line-3) was lost")
    }

    @Test(arguments: JobQueueKind.allCases)
    func aJobThatMayHaveWrittenIsNotTakenOver(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        let theirs = try await fixture.open()
        var mine: (any JobQueue)? = try await fixture.open()
        let claim = try await begun(try #require(mine))
        try await mine?.noteWrite(claim, at: Fixture.now)
        try await mine?.noteWrite(claim, at: Fixture.now)
        #expect(try await report(theirs, claim).record.hasWritten)
        mine = nil
        try await fixture.endLeases()
        #expect(try await theirs.claim(JobWish(), as: Fixture.worker(2), at: Fixture.now).isEmpty)
        let record = try await report(theirs, claim).record
        #expect(record.state == .dead && record.error?.contains("write outside of a flow") == true)
        await #expect(throws: JobQueueError.mayWriteTwice(claim.id)) {
            try await theirs.retry(claim.id, evenIfWritten: false, at: Fixture.now)
        }
        try await theirs.retry(claim.id, evenIfWritten: true, at: Fixture.now)
        let again = try #require(try await theirs.claim(JobWish(), as: Fixture.worker(2), at: Fixture.now).first)
        #expect(again.attempt == 1 && again.claim.fence > claim.fence)
        #expect(try await report(theirs, claim).record.hasWritten == false)
    }

    @Test(arguments: JobQueueKind.allCases)
    func aJobThatKillsItsWorkersEndsWithItsAttempts(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        let last = try await fixture.open()
        _ = try await last.submit(Fixture.request("a") { $0.mostAttempts = 2 }, at: Fixture.now)
        for number in 1...2 {
            let queue = try await fixture.open()
            _ = try await taken(queue, as: Fixture.worker(Int32(number)))
            try await fixture.endLeases()
        }
        #expect(try await last.claim(JobWish(), as: Fixture.worker(3), at: Fixture.now).isEmpty)
        let record = try #require(try await last.list(JobFilter(states: [.dead])).first)
        #expect(record.attempts == 2 && record.error == "its worker (process 2 on line-3) was lost")
    }

    @Test(arguments: JobQueueKind.allCases)
    func onlyTheLastAttemptsAreKept(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        let queue = try await fixture.open()
        var claim = try await begun(queue) { $0.mostAttempts = 100 }
        for number in 1...14 {
            #expect(try await queue.end([(claim, JobEnd(exitCode: 69, log: "\(number)"))], at: Fixture.now).isEmpty)
            try await fixture.makeDue()
            claim = try await taken(queue)
        }
        #expect(try await report(queue, claim).attempts.map(\.number) == Array(6...15))
        #expect(try await queue.end([(claim, JobEnd(exitCode: 0))], at: Fixture.now).isEmpty)
        #expect(try await report(queue, claim).attempts.map(\.number) == Array(6...15))
    }
}
