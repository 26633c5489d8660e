import C8Queue
import Testing

/// What people do with jobs.
@Suite(.timeLimit(.minutes(2))) struct JobQueueOperatorTests {
    private typealias Fixture = JobQueueFixture

    private func submit(_ queue: any JobQueue, _ ids: String..., change: (inout JobRequest) -> Void = { _ in })
        async throws
    {
        for id in ids { _ = try await queue.submit(Fixture.request(id, "return 1", change), at: Fixture.now) }
    }

    private func claim(_ queue: any JobQueue, _ most: Int = 1) async throws -> [JobClaim] {
        try await queue.claim(JobWish(most: most), as: Fixture.worker(), at: Fixture.now).map(\.claim)
    }

    @Test(arguments: JobQueueKind.allCases)
    func aJobThatWaitsIsTakenBackAtOnce(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        // Its folder goes with it.
        defer { withExtendedLifetime(fixture) {} }
        let queue = try await fixture.open()
        try await submit(queue, "a")
        let id = try JobID("a")
        #expect(try await queue.cancel(id, at: Fixture.now) == .cancelled)
        #expect(try await claim(queue).isEmpty)
        await #expect(throws: JobQueueError.notNow(id, .cancelled)) { try await queue.cancel(id, at: Fixture.now) }
        let unknown = try JobID("b")
        await #expect(throws: JobQueueError.unknownJob(unknown)) { try await queue.cancel(unknown, at: Fixture.now) }
        try await queue.retry(id, evenIfWritten: false, at: Fixture.now)
        #expect(try await claim(queue).map(\.id) == [id])
    }

    @Test(arguments: JobQueueKind.allCases)
    func theWorkerOfARunningJobIsAskedToEndIt(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        // Its folder goes with it.
        defer { withExtendedLifetime(fixture) {} }
        let queue = try await fixture.open()
        try await submit(queue, "a", "b", "c")
        let claims = try await claim(queue, 3)
        for claim in claims { #expect(try await queue.cancel(claim.id, at: Fixture.now) == .running) }
        let beat = try await queue.beat(claims, lease: 30, as: Fixture.worker(), at: Fixture.now)
        #expect(beat == JobBeat(cancelled: Set(claims)))
        #expect(try await queue.show(claims[0].id)?.record.isCancelling == true)
        let ends = [
            (claims[0], JobEnd(exitCode: 75)), (claims[1], JobEnd(exitCode: 0)),
            (claims[2], JobEnd(exitCode: 143, isDrained: true)),
        ]
        #expect(try await queue.end(ends, at: Fixture.now).isEmpty)
        #expect(try await queue.counts() == [.cancelled: 2, .done: 1], "one was faster")
        #expect(try await queue.show(claims[0].id)?.record.isCancelling == false)
    }

    @Test(arguments: JobQueueKind.allCases)
    func theLagIsOfTheJobThatCouldHaveRunForLongest(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        defer { withExtendedLifetime(fixture) {} }
        let queue = try await fixture.open()
        #expect(try await queue.lag(at: Fixture.now) == 0)
        try await submit(queue, "later") { $0.notBefore = Fixture.now + 3600 }
        #expect(try await queue.lag(at: Fixture.now) == 0)
        try await submit(queue, "a") { $0.notBefore = Fixture.now - 600 }
        try await submit(queue, "b") {
            $0.notBefore = Fixture.now - 60
            $0.tag = "press"
        }
        #expect((600...660).contains(try await queue.lag(at: Fixture.now)))
        #expect(try await claim(queue).map(\.id) == [try JobID("a")])
        // Of another tag, and so of nobody's here.
        #expect((60...120).contains(try await queue.lag(at: Fixture.now)))
    }

    @Test(arguments: JobQueueKind.allCases)
    func listsOfStatesAreInOneOrderAndNoLongerThanAskedFor(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        defer { withExtendedLifetime(fixture) {} }
        let queue = try await fixture.open()
        try await submit(queue, "a", "b", "c", "d", "e")
        let claims = try await claim(queue, 4)
        for (claim, code) in zip(claims, [Int32(0), 1, 0]) {
            _ = try await queue.end([(claim, JobEnd(exitCode: code))], at: Fixture.now)
        }
        func ids(_ filter: JobFilter) async throws -> [String] { try await queue.list(filter).map(\.id.text) }
        #expect(try await ids(JobFilter(states: [.done, .failed])) == ["c", "b", "a"])
        #expect(try await ids(JobFilter(limit: 2)) == ["c", "b"])
        #expect(Set(try await ids(JobFilter())) == ["a", "b", "c", "d", "e"])
        #expect(try await ids(JobFilter(states: [.waiting, .running])) == ["d", "e"])
        #expect(try await ids(JobFilter(states: [])) == [])
        #expect(try await queue.counts() == [.done: 2, .failed: 1, .running: 1, .waiting: 1])
    }

    @Test(arguments: JobQueueKind.allCases)
    func aJobOfALostWorkerIsTakenBackAtOnce(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        let queue = try await fixture.open()
        try await submit(queue, "a")
        do {
            let worker = try await fixture.open()
            _ = try await claim(worker)
        }
        try await fixture.endLeases()
        #expect(try await queue.cancel(JobID("a"), at: Fixture.now) == .cancelled)
    }

    @Test(arguments: JobQueueKind.allCases)
    func deadLettersAndCancelledJobsAreTriedAgainWithAllAttempts(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        // Its folder goes with it.
        defer { withExtendedLifetime(fixture) {} }
        let queue = try await fixture.open()
        try await submit(queue, "a") { $0.mostAttempts = 1 }
        let id = try JobID("a")
        await #expect(throws: JobQueueError.notNow(id, .waiting)) {
            try await queue.retry(id, evenIfWritten: true, at: Fixture.now)
        }
        let first = try await claim(queue)[0]
        await #expect(throws: JobQueueError.notNow(id, .running)) {
            try await queue.retry(id, evenIfWritten: true, at: Fixture.now)
        }
        _ = try await queue.end([(first, JobEnd(exitCode: 1, error: "nil"))], at: Fixture.now)
        try await queue.retry(id, evenIfWritten: false, at: Fixture.now)
        let record = try #require(try await queue.show(id)).record
        #expect(record.state == .waiting && record.attempts == 0 && record.error == nil && record.endedAt == nil)
        let second = try await claim(queue)[0]
        #expect(second.fence == 2)
        _ = try await queue.end([(second, JobEnd(exitCode: 0))], at: Fixture.now)
        await #expect(throws: JobQueueError.notNow(id, .done)) {
            try await queue.retry(id, evenIfWritten: true, at: Fixture.now)
        }
        let unknown = try JobID("b")
        await #expect(throws: JobQueueError.unknownJob(unknown)) {
            try await queue.retry(unknown, evenIfWritten: true, at: Fixture.now)
        }
        #expect(try await queue.show(id)?.attempts.map(\.number) == [1, 1])
    }

    @Test(arguments: JobQueueKind.allCases)
    func jobsAreListedByStateAndTag(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        // Its folder goes with it.
        defer { withExtendedLifetime(fixture) {} }
        let queue = try await fixture.open()
        try await submit(queue, "a", "b", "c")
        try await submit(queue, "red") { ($0.tag, $0.priority) = ("red", 4) }
        let first = try await claim(queue)[0]
        _ = try await queue.end([(first, JobEnd(exitCode: 1, error: "why"))], at: Fixture.now)
        func list(_ filter: JobFilter) async throws -> [String] { try await queue.list(filter).map(\.id.text) }
        #expect(try await list(JobFilter()).first == "a", "it changed last")
        #expect(try await list(JobFilter()).sorted() == ["a", "b", "c", "red"])
        #expect(try await list(JobFilter(states: [.failed, .dead])) == ["a"])
        #expect(try await list(JobFilter(tag: "red")) == ["red"])
        #expect(try await list(JobFilter(states: [.waiting], tag: "")).sorted() == ["b", "c"])
        #expect(try await list(JobFilter(limit: 2)).count == 2)
        #expect(try await list(JobFilter(states: [])).isEmpty)
        #expect(try await queue.counts() == [.failed: 1, .waiting: 3])
        #expect(try await queue.show(JobID("x")) == nil)
    }

    @Test(arguments: JobQueueKind.allCases)
    func whatHasEndedLongAgoIsRemovedWithItsTexts(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        let queue = try await fixture.open()
        try await submit(queue, "a", "b")
        _ = try await queue.submit(Fixture.request("c", "return 'c'"), at: Fixture.now)
        let claims = try await claim(queue, 3)
        _ = try await queue.end(
            [(claims[0], JobEnd(exitCode: 0)), (claims[2], JobEnd(exitCode: 1))], at: Fixture.now)
        let all = Set(JobState.allCases)
        #expect(try await queue.prune(endedBefore: Fixture.now - 60, states: all) == 0)
        #expect(try await queue.prune(endedBefore: Fixture.now + 60, states: [.failed]) == 1)
        #expect(try await queue.prune(endedBefore: Fixture.now + 60, states: all) == 1)
        #expect(try await queue.counts() == [.running: 1])
        #expect(try await queue.show(claims[0].id) == nil)
        #expect(try await queue.show(claims[1].id)?.request.script.source.count == 8)
        // The same text again, and its id, which nobody has any more.
        #expect(try await queue.submit(Fixture.request("c", "return 'c'"), at: Fixture.now) == .added)
        #expect(try await claim(queue).map(\.id.text) == ["c"])
    }

    @Test(arguments: JobQueueKind.allCases)
    func textsThatAreRemovedWhileOthersBeginToUseThem(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        defer { withExtendedLifetime(fixture) {} }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<4 {
                let queue = try await fixture.open()
                group.addTask {
                    let worker = Fixture.worker(Int32(number))
                    for round in 0..<15 {
                        let request = try Fixture.request("\(number) \(round)")
                        #expect(try await queue.submit(request, at: Fixture.now) == .added)
                        let jobs = try await queue.claim(JobWish(most: 4), as: worker, at: Fixture.now)
                        #expect(jobs.allSatisfy { $0.request.script == request.script })
                        _ = try await queue.end(jobs.map { ($0.claim, JobEnd(exitCode: 0)) }, at: Fixture.now)
                        try await queue.prune(endedBefore: Fixture.now + 60, states: [.done])
                    }
                }
            }
            try await group.waitForAll()
        }
        let queue = try await fixture.open()
        #expect(try await queue.list(JobFilter(states: [.dead, .failed])).isEmpty)
    }

    /// Whoever takes jobs also takes over those of lost workers, of which one may be damaged.
    @Test(arguments: JobQueueKind.allCases)
    func aDamagedJobOfALostWorkerKeepsNoneFromRunning(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        let queue = try await fixture.open()
        for id in ["a", "b", "c"] { try await submit(queue, id) }
        #expect(try await claim(queue, 1).map(\.id.text) == ["a"])
        let key = kind == .file ? "worker_key = 'gone 1 2', " : ""
        try await fixture.run("UPDATE job SET \(key)schedule = '' WHERE id = 'a'")
        try await fixture.endLeases()
        if kind == .file {
            #expect(try await claim(queue, 3).map(\.id.text) == ["b", "c"])
            let listed = try await queue.list(JobFilter())
            #expect(listed.count == 3)
            let damaged = listed.first { $0.id.text == "a" }
            #expect(damaged?.state == .dead && damaged?.error?.contains("its id makes no sense") == true)
        } else {
            // The server does that by itself, and reads nothing but what it needs.
            #expect(try await claim(queue, 3).map(\.id.text).sorted() == ["a", "b", "c"])
            #expect(try await queue.list(JobFilter()).count == 3)
        }
    }

    @Test(arguments: JobQueueKind.allCases, ["priority", "attempts", "files", "script", "arguments"])
    func aDamagedJobIsToldAndKeepsNoneFromRunning(_ kind: JobQueueKind, _ what: String) async throws {
        let fixture = try await JobQueueFixture(kind)
        let queue = try await fixture.open()
        try await submit(queue, "a") { ($0.priority, $0.script.hash) = (9, "other") }
        try await submit(queue, "b")
        switch what {
        case "files":
            try await fixture.run(
                "UPDATE job_script SET files = \(kind == .file ? "x'05'" : "'\\x05'") WHERE hash = 'other'")
        case "script": try await fixture.run("DELETE FROM job_script WHERE hash = 'other'")
        case "arguments": try await fixture.run("UPDATE job SET arguments = '{]' WHERE id = 'a'")
        case "priority": try await fixture.run("UPDATE job SET tag = 'x', state = 'odd' WHERE id = 'a'")
        default: try await fixture.run("UPDATE job SET state = '' WHERE id = 'a'")
        }
        #expect(try await claim(queue, 2).map(\.id.text) == ["b"])
        let error = await #expect(throws: JobQueueError.self) { try await queue.show(JobID("a")) }
        #expect(error?.description.contains("job \"a\" is damaged") == true)
        if what == "files" || what == "script" || what == "arguments" {
            #expect(try await queue.list(JobFilter(states: [.dead])).first?.error?.contains("damaged") == true)
        }
    }
}
