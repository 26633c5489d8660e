import C8Queue
import Testing

/// What is submitted, who takes what, and in which order.
@Suite(.timeLimit(.minutes(2))) struct JobQueueTests {
    private typealias Fixture = JobQueueFixture

    private func ids(_ jobs: [ClaimedJob]) -> [String] { jobs.map(\.claim.id.text) }

    @Test(arguments: JobQueueKind.allCases)
    func allOfASubmissionComesToTheWorker(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        let queue = try await fixture.open()
        var request = try Fixture.request("日报 2026-11-26")
        // Neither text of SQLite nor of PostgreSQL has a zero, and these are no UTF-8.
        request.script = JobScript(
            name: "日报.lua", source: [0x72, 0x00, 0xFF, 0xFE, 0x5C, 0x27],
            files: [.init(path: "库/orders.lua", bytes: [0, 1, 2, 255]), .init(path: "空.lua", bytes: [])], hash: "ab12")
        request.arguments = ["a b", "\"quoted\"", "\\", "", "订单\n\u{1}", "\0"]
        request.input = #"{"单号":"PO-1","n":[1,2.5,null]}"#
        request.terms = #"{"v":1,"allow":["read:/数据"]}"#
        request.tag = "标签"
        request.priority = -7
        request.application = "3f9a"
        request.profile = "工厂"
        request.mostAttempts = 3
        #expect(try await queue.submit(request, at: Fixture.now) == .added)
        let other = try await fixture.open()
        let wish = JobWish(tags: ["标签"], application: "3f9a", most: 4)
        let job = try #require(try await other.claim(wish, as: Fixture.worker(), at: Fixture.now).first)
        #expect(job.request == request && job.attempt == 1 && job.claim.id == request.id && job.claim.fence == 1)
        let report = try #require(try await queue.show(request.id))
        #expect(
            report.request == request && report.record.state == .running
                && report.record.worker == "process 1 on line-3")
        #expect(report.attempts.map(\.number) == [1] && report.attempts.first?.endedAt == nil)
        #expect(abs(report.record.submittedAt - Fixture.now) < 60)
        #expect((report.record.lease != nil) == (kind == .database))
    }

    @Test(arguments: JobQueueKind.allCases)
    func anIDRunsOnce(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        // Its folder goes with it.
        defer { withExtendedLifetime(fixture) {} }
        let queue = try await fixture.open()
        let request = try Fixture.request("a") { $0.input = "1" }
        #expect(try await queue.submit(request, at: Fixture.now) == .added)
        #expect(try await queue.submit(request, at: Fixture.now) == .present(.waiting))
        // Where and when it runs may differ.
        let elsewhere = try Fixture.request("a") { ($0.input, $0.priority, $0.notBefore) = ("1", 5, 9e9) }
        #expect(try await queue.submit(elsewhere, at: Fixture.now) == .present(.waiting))
        for change in [
            { $0.input = "2" }, { $0.input = nil }, { $0.arguments = ["x"] }, { $0.terms = "{\"x\":1}" },
            { $0.script.hash = "other" },
        ] as [@Sendable (inout JobRequest) -> Void] {
            let other = try Fixture.request("a") { request in
                request.input = "1"
                change(&request)
            }
            await #expect(throws: JobQueueError.otherJob(request.id)) { try await queue.submit(other, at: Fixture.now) }
        }
        let job = try #require(try await queue.claim(JobWish(), as: Fixture.worker(), at: Fixture.now).first)
        #expect(job.request.priority == 0 && job.request.notBefore == nil)
        #expect(try await queue.end([(job.claim, JobEnd(exitCode: 0))], at: Fixture.now).isEmpty)
        #expect(try await queue.submit(request, at: Fixture.now) == .present(.done))
        // Equal for people, and not the same.
        #expect(try await queue.submit(Fixture.request("e\u{301}"), at: Fixture.now) == .added)
        #expect(try await queue.submit(Fixture.request("\u{E9}"), at: Fixture.now) == .added)
    }

    @Test(arguments: JobQueueKind.allCases)
    func whatIsTooLongOrHasNoNameIsRefused(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        // Its folder goes with it.
        defer { withExtendedLifetime(fixture) {} }
        let queue = try await fixture.open()
        let half = [UInt8](repeating: 0x2D, count: 2 << 20)
        let largest = try Fixture.request("a") {
            $0.script = JobScript(
                name: "a", source: half, files: [.init(path: "b.lua", bytes: Array(half.dropLast(5)))], hash: "1")
            $0.input = "\"" + String(repeating: "x", count: (1 << 20) - 2) + "\""
        }
        #expect(try await queue.submit(largest, at: Fixture.now) == .added)
        let job = try #require(try await queue.claim(JobWish(), as: Fixture.worker(), at: Fixture.now).first)
        #expect(job.request == largest)
        for change in [
            { $0.script = JobScript(name: "a", source: half + half + [1], hash: "2") },
            { $0.input = String(repeating: "1", count: (1 << 20) + 1) }, { $0.terms = "\0" },
            { $0.tag = "a\nb" }, { $0.priority = 1001 }, { $0.mostAttempts = 0 }, { $0.notBefore = .nan },
        ] as [@Sendable (inout JobRequest) -> Void] {
            let request = try Fixture.request("b", "return 1", change)
            await #expect(throws: JobQueueError.self) { try await queue.submit(request, at: Fixture.now) }
        }
        let long = JobEnd(exitCode: 0, result: String(repeating: "1", count: (1 << 20) + 1))
        await #expect(throws: JobQueueError.self) { try await queue.end([(job.claim, long)], at: Fixture.now) }
        #expect(try await queue.counts() == [.running: 1])
    }

    @Test(arguments: JobQueueKind.allCases)
    func theHighestPriorityGoesFirstAndThenTheEarliest(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        // Its folder goes with it.
        defer { withExtendedLifetime(fixture) {} }
        let queue = try await fixture.open()
        for (index, (id, priority)) in [("c", 0), ("a", 5), ("d", 0), ("b", 5), ("e", -3)].enumerated() {
            let request = try Fixture.request(id) { ($0.priority, $0.notBefore) = (priority, 1000 + Double(index)) }
            _ = try await queue.submit(request, at: Fixture.now)
        }
        let worker = Fixture.worker()
        #expect(ids(try await queue.claim(JobWish(most: 3), as: worker, at: Fixture.now)) == ["a", "b", "c"])
        #expect(ids(try await queue.claim(JobWish(most: 3), as: worker, at: Fixture.now)) == ["d", "e"])
        #expect(try await queue.claim(JobWish(most: 3), as: worker, at: Fixture.now).isEmpty)
        #expect(try await queue.claim(JobWish(most: 0), as: worker, at: Fixture.now).isEmpty)
    }

    @Test(arguments: JobQueueKind.allCases)
    func tagsAndApplicationsDecideWhoTakesWhat(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        // Its folder goes with it.
        defer { withExtendedLifetime(fixture) {} }
        let queue = try await fixture.open()
        for (id, tag, application, priority) in [
            ("plain", "", nil, 0), ("mine", "", "m", 0), ("theirs", "", "t", 9), ("red", "red", nil, 0),
            ("blue", "blue", nil, 3), ("red of theirs", "red", "t", 0),
        ] as [(String, String, String?, Int)] {
            let request = try Fixture.request(id) {
                ($0.tag, $0.application, $0.priority) = (tag, application, priority)
            }
            _ = try await queue.submit(request, at: Fixture.now)
        }
        func take(_ tags: Set<String>, _ application: String?, most: Int = 9) async throws -> [String] {
            ids(
                try await queue.claim(
                    JobWish(tags: tags, application: application, most: most), as: Fixture.worker(), at: Fixture.now))
        }
        #expect(try await take([], nil) == ["plain"])
        #expect(try await take(["green"], "t").isEmpty)
        #expect(try await take(["red", "blue"], "m", most: 1) == ["blue"])
        #expect(try await take(["red", "blue"], "m") == ["red"])
        #expect(try await take([], "m") == ["mine"])
        #expect(try await take(["", "red"], "t") == ["theirs", "red of theirs"])
    }

    @Test(arguments: JobQueueKind.allCases)
    func aJobWaitsForItsTime(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        let queue = try await fixture.open()
        let later = try Fixture.request("later") { ($0.notBefore, $0.priority) = (Fixture.now + 3600, 9) }
        _ = try await queue.submit(later, at: Fixture.now)
        _ = try await queue.submit(Fixture.request("now"), at: Fixture.now)
        #expect(ids(try await queue.claim(JobWish(most: 9), as: Fixture.worker(), at: Fixture.now)) == ["now"])
        try await fixture.makeDue()
        let job = try #require(try await queue.claim(JobWish(most: 9), as: Fixture.worker(), at: Fixture.now).first)
        #expect(job.request == later)
    }

    @Test(arguments: JobQueueKind.allCases)
    func manyWorkersTakeEachJobOnce(_ kind: JobQueueKind) async throws {
        let fixture = try await JobQueueFixture(kind)
        let queue = try await fixture.open()
        for number in 0..<120 {
            let request = try Fixture.request("\(number)", "return \(number % 7)") { $0.priority = number % 3 }
            _ = try await queue.submit(request, at: Fixture.now)
        }
        let taken = try await withThrowingTaskGroup(of: [String].self) { group in
            for number in 0..<8 {
                group.addTask {
                    let queue = try await fixture.open()
                    let worker = Fixture.worker(Int32(number))
                    var taken: [String] = []
                    while true {
                        let jobs = try await queue.claim(JobWish(most: 5), as: worker, at: Fixture.now)
                        // Others may have had the rows locked that were left.
                        if jobs.isEmpty, try await queue.counts()[.waiting] == nil { return taken }
                        for job in jobs {
                            let number = Int(job.claim.id.text) ?? -1
                            #expect(job.request.script.source == Array("return \(number % 7)".utf8))
                        }
                        taken += jobs.map(\.claim.id.text)
                        let ends = jobs.map { ($0.claim, JobEnd(exitCode: 0, result: "1")) }
                        #expect(try await queue.end(ends, at: Fixture.now).isEmpty)
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(taken.count == 120 && Set(taken).count == 120)
        #expect(try await queue.counts() == [.done: 120])
    }
}
