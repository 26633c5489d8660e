import C8Queue
import C8Run
import Foundation
import Testing

@testable import C8RunCLI

/// Workers that run real scripts from a real queue.
@Suite(.timeLimit(.minutes(2))) struct JobWorkerTests {
    @Test func jobsAreRunToTheirEndsAndKeptWithThem() async throws {
        let bench = try await WorkerBench()
        try await bench.submit("good", "print('hello', ...) return { sum = 1 + 2 }", arguments: ["a", "b"])
        try await bench.submit("bad", "print('so far') error('no luck')")
        try await bench.submit("code", "os.exit(7)")
        try await bench.submit("text", "this is no Lua")
        _ = try await (try bench.worker()).work()
        let good = try await bench.report("good")
        #expect(good.record.state == .done && good.record.exitCode == 0)
        #expect(good.result == #"{"sum":3}"#)
        #expect(good.attempts.map(\.output) == ["hello\ta\tb\n"])
        let bad = try await bench.report("bad")
        #expect(bad.record.state == .failed && bad.record.exitCode == 1)
        #expect(bad.record.error?.contains("no luck") == true)
        #expect(bad.attempts.first?.output == "so far\n")
        #expect(bad.attempts.first?.log.contains("bad.lua:1") == true)
        #expect(try await bench.report("code").record.exitCode == 7)
        #expect(try await bench.report("text").record.exitCode == 65)
    }

    @Test func manyJobsRunAtOnceAndEachOnce() async throws {
        let bench = try await WorkerBench()
        for number in 0..<60 { try await bench.submit("job-\(number)", "return \(number)") }
        let workers = try (0..<3).map { _ in try bench.worker() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in workers { group.addTask { _ = try await worker.work() } }
            try await group.waitForAll()
        }
        #expect(try await bench.queue.counts() == [.done: 60])
        #expect(Set(bench.told.filter { $0.hasPrefix("began") }).count == 60)
        #expect(bench.told.filter { $0.hasPrefix("began") }.count == 60)
    }

    @Test(arguments: [
        ("while true do end", "timeout", Int32(124)),
        ("local t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end", "memory", 137),
        ("while true do print(('x'):rep(1000)) end", "output", 137), ("while true do end", "instructions", 124),
    ])
    func limitsOfJobAndWorkerHold(source: String, limit: String, code: Int32) async throws {
        let bench = try await WorkerBench()
        var terms = JobTerms()
        switch limit {
        case "timeout": terms.timeout = .milliseconds(100)
        case "output": terms.maximumOutput = 100_000
        default: break
        }
        try await bench.submit("job", source, terms: terms)
        let worker = try bench.worker { _, host in
            if limit == "memory" { host.limits.maximumMemory = 4 << 20 }
            if limit == "instructions" { host.limits.maximumInstructions = 1_000_000 }
        }
        try await worker.work()
        #expect(try await bench.report("job").record.exitCode == code)
    }

    @Test func endOfLongOutputIsKept() async throws {
        let bench = try await WorkerBench()
        try await bench.submit("loud", "for i = 1, 100000 do print(i, ('x'):rep(90)) end io.stderr:write('to the log')")
        try await bench.submit("bytes", "io.write(('\\xff\\0'):rep(100000))")
        _ = try await (try bench.worker()).work()
        let loud = try await bench.report("loud")
        let output = try #require(loud.attempts.first?.output)
        #expect(output.utf8.count <= 64 << 10 && output.utf8.count > 60_000)
        #expect(output.hasSuffix("100000\t\(String(repeating: "x", count: 90))\n"))
        #expect(loud.attempts.first?.log == "to the log")
        #expect(try await bench.report("bytes").record.state == .done)
    }

    @Test func filesThatCameWithTheJobAreFoundByIt() async throws {
        let bench = try await WorkerBench()
        let files = [
            JobScript.File(path: "lib/prices.lua", bytes: Array("return { of = function() return 5 end }".utf8))
        ]
        try await bench.submit("job", "return require('lib.prices').of()", files: files)
        _ = try await (try bench.worker()).work()
        #expect(try await bench.report("job").result == "5")
        // The folder goes with the last job of its script.
        let own = try #require(try FileManager.default.contentsOfDirectory(atPath: bench.folder + "/jobs").first)
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(bench.folder)/jobs/\(own)") == [])
        bench.jobFolders.removeAll()
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder + "/jobs") == [])
    }

    @Test(arguments: ["../out.lua", "/tmp/out.lua", "a//b.lua", "./a.lua", ""])
    func fileThatLeadsOutIsNotWritten(path: String) async throws {
        let bench = try await WorkerBench()
        try await bench.submit("job", "return 1", files: [JobScript.File(path: path, bytes: [])])
        _ = try await (try bench.worker()).work()
        #expect(try await bench.report("job").record.exitCode == 78)
    }

    @Test func moreThanTheWorkerWasGrantedEndsWith77() async throws {
        let bench = try await WorkerBench()
        var terms = JobTerms()
        terms.grants.allowAll()
        try await bench.submit("own", "return os.getenv('HOME') ~= nil", terms: terms)
        try await bench.submit("more", "return os.getenv('PATH')", terms: terms)
        try await bench.submit("less", "return os.getenv('HOME')")
        var granted = RunGrants()
        granted.environment = .names(["HOME"])
        _ = try await (try bench.worker(granted: granted)).work()
        #expect(try await bench.report("own").record.exitCode == 0)
        let more = try await bench.report("more")
        #expect(more.record.state == .failed && more.record.exitCode == 77)
        #expect(more.attempts.first?.log.contains("--allow-env") == true)
        #expect(more.record.error?.contains("the worker that runs it was not") == true)
        #expect(try await bench.report("less").record.exitCode == 77)
    }

    @Test func termsThatCannotBeReadEndTheJob() async throws {
        let bench = try await WorkerBench()
        let request = JobRequest(
            id: try JobID("job"), script: JobScript(name: "a.lua", source: []),
            terms: #"{"version":1,"deny":{"sun":true}}"#)
        _ = try await bench.queue.submit(request, at: 0)
        _ = try await (try bench.worker()).work()
        #expect(try await bench.report("job").record.exitCode == 78)
    }

    @Test func drainingWorkerLetsItsJobsEnd() async throws {
        let bench = try await WorkerBench()
        try await bench.submit("job", "require('c8.task').sleep(0.3) return 'whole'")
        let worker = try bench.worker { settings, _ in settings.endsWhenEmpty = false }
        async let work = worker.work()
        try await bench.wait(for: "began job")
        try await bench.submit("later", "return 1")
        await worker.drain()
        _ = try await work
        #expect(try await bench.report("job").result == #""whole""#)
        #expect(try await bench.report("later").record.state == .waiting)
    }

    @Test func jobThatTakesTooLongIsGivenBackAsIfItHadNotBegun() async throws {
        let bench = try await WorkerBench()
        try await bench.submit("job", "while true do end")
        let worker = try bench.worker { settings, _ in
            settings.endsWhenEmpty = false
            settings.drain = 0.1
        }
        async let work = worker.work()
        try await bench.wait(for: "began job")
        await worker.drain()
        _ = try await work
        let record = try await bench.report("job").record
        #expect(record.state == .waiting && record.attempts == 0)
    }

    @Test func secondSignalGivesJobsBackAtOnce() async throws {
        let bench = try await WorkerBench()
        try await bench.submit("job", "require('c8.task').sleep(60)")
        let worker = try bench.worker { settings, _ in settings.endsWhenEmpty = false }
        async let work = worker.work()
        try await bench.wait(for: "began job")
        await worker.drain()
        await worker.stop()
        _ = try await work
        #expect(try await bench.report("job").record.state == .waiting)
    }

    @Test func jobThatIsTakenBackIsStopped() async throws {
        let bench = try await WorkerBench()
        try await bench.submit("job", "while true do end")
        let worker = try bench.worker { settings, _ in settings.lease = 1 }
        async let work = worker.work()
        try await bench.wait(for: "began job")
        #expect(try await bench.queue.cancel(try JobID("job"), at: 0) == .running)
        _ = try await work
        let record = try await bench.report("job").record
        #expect(record.state == .cancelled && record.error == "taken back by an operator")
    }

    @Test func jobOfSomebodyElseIsStoppedAndItsEndNotTold() async throws {
        let bench = try await WorkerBench()
        try await bench.submit("job", "while true do end")
        let worker = try bench.worker { settings, _ in settings.lease = 1 }
        async let work = worker.work()
        try await bench.wait(for: "began job")
        let record = try await bench.report("job").record
        bench.queue.lose(JobClaim(id: record.id, number: 1, fence: record.fence))
        _ = try await work
        #expect(bench.told.contains("stopping job lost") && bench.told.contains("refused job"))
        #expect(bench.queue.ends == [])
    }

    @Test func endsAreToldWhenTheQueueIsBack() async throws {
        let bench = try await WorkerBench()
        try await bench.submit("job", "require('c8.task').sleep(0.2) return 1")
        let worker = try bench.worker()
        async let work = worker.work()
        try await bench.wait(for: "began job")
        bench.queue.isAway = true
        try await bench.wait(for: "ended job 0")
        try await bench.wait(for: "away")
        bench.queue.isAway = false
        _ = try await work
        #expect(bench.told.contains("back"))
        #expect(try await bench.report("job").record.state == .done)
    }

    @Test func scriptIsStoppedWhenItsLeaseEndsWhileTheQueueIsAway() async throws {
        let bench = try await WorkerBench()
        try await bench.submit("job", "while true do end")
        let worker = try bench.worker { settings, _ in settings.lease = 1.5 }
        async let work = worker.work()
        try await bench.wait(for: "began job")
        bench.queue.isAway = true
        try await bench.wait(for: "stopping job expired")
        await worker.drain()
        bench.queue.isAway = false
        _ = try await work
        let record = try await bench.report("job").record
        #expect(record.state == .waiting && record.attempts == 0)
    }

    /// Whoever takes the job next must not run it beside this one.
    @Test func leaseEndsAlsoWhileTheQueueDoesNotAnswer() async throws {
        let bench = try await WorkerBench()
        try await bench.submit("job", "while true do end")
        let worker = try bench.worker { settings, _ in settings.lease = 1.5 }
        async let work = worker.work()
        try await bench.wait(for: "began job")
        bench.queue.isHanging = true
        try await bench.wait(for: "ended job 143")
        #expect(bench.told.contains("stopping job expired"))
        await worker.drain()
        bench.queue.isHanging = false
        #expect(try await work == 0)
    }

    @Test func workerThatIsToEndDoesNotWaitForAQueueForLong() async throws {
        let bench = try await WorkerBench()
        let clock = ShiftedClock()
        try await bench.submit("job", "require('c8.task').sleep(0.2) return 1")
        let worker = try bench.worker(clock: clock)
        async let work = worker.work()
        try await bench.wait(for: "began job")
        bench.queue.isHanging = true
        try await bench.wait(for: "ended job 0")
        await worker.drain()
        #expect(!bench.told.contains("unrecorded job"))
        // Once it waits for the queue, the time for that goes by.
        try await Task.sleep(for: .seconds(1))
        clock.offset = 11
        #expect(try await work == 1)
        #expect(bench.told.contains("unrecorded job"))
        bench.queue.isHanging = false
    }

    @Test func endThatIsNotTakenKeepsNoOthersFromBeingTold() async throws {
        let bench = try await WorkerBench()
        for id in ["bad", "good"] { try await bench.submit(id, "require('c8.task').sleep(0.2)") }
        bench.queue.refused = try JobID("bad")
        bench.queue.isHanging = true
        let worker = try bench.worker()
        async let work = worker.work()
        for id in ["bad", "good"] { try await bench.wait(for: "ended \(id) 0") }
        bench.queue.isHanging = false
        for _ in 0..<1000 where try await bench.report("good").record.state != .done {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(try await bench.report("good").record.state == .done)
        #expect(try await bench.report("bad").record.state == .running)
        bench.queue.refused = nil
        #expect(try await work == 0)
        #expect(try await bench.report("bad").record.state == .done)
    }

    /// Rights that are missing, a disk that is full: a worker that waits for that would look as if it worked.
    @Test func queueThatCannotBeUsedFromTheStartIsTold() async throws {
        let bench = try await WorkerBench()
        bench.queue.isRefusing = true
        let worker = try bench.worker { settings, _ in settings.endsWhenEmpty = false }
        await #expect(throws: JobQueueError.storage("nobody may claim")) { try await worker.work() }
    }

    @Test func scriptThatWasChangedInTheQueueIsNotRun() async throws {
        let bench = try await WorkerBench()
        let script = JobScript(
            name: "job.lua", source: Array("print('evil')".utf8),
            hash: JobScript(name: "job.lua", source: Array("print('good')".utf8)).hash)
        let request = JobRequest(id: try JobID("job"), script: script, terms: try JobTerms().text)
        #expect(try await bench.queue.submit(request, at: 0) == .added)
        _ = try await (try bench.worker()).work()
        let job = try await bench.report("job")
        #expect(job.record.exitCode == 78 && job.record.error?.contains("not the one that was submitted") == true)
        #expect(job.attempts.first?.output == "")
    }

    @Test func workerTakesItsTagsAlone() async throws {
        let bench = try await WorkerBench()
        try await bench.submit("plain", "return 1")
        try await bench.submit("tagged", "return 1", tag: "big")
        _ = try await (try bench.worker { settings, _ in settings.tags = ["big"] }).work()
        #expect(try await bench.report("tagged").record.state == .done)
        #expect(try await bench.report("plain").record.state == .waiting)
    }

    @Test func oneJobIsEnoughWhereNoMoreAreWanted() async throws {
        let bench = try await WorkerBench()
        for id in ["a", "b"] { try await bench.submit(id, "return 1") }
        _ = try await (try bench.worker { settings, _ in settings.mostJobs = 1 }).work()
        #expect(try await bench.queue.counts() == [.done: 1, .waiting: 1])
    }

    /// A platform, or another system, that is down: the job comes again later, since nothing was written.
    @Test func jobThatFoundNobodyThereIsTriedAgainLater() async throws {
        let bench = try await WorkerBench()
        var terms = JobTerms()
        terms.grants.net = .names(["127.0.0.1"])
        let source = "require('c8.http').request{method = 'POST', url = 'http://127.0.0.1:1/', body = 'x'}"
        try await bench.submit("job", source, terms: terms, attempts: 2)
        let clock = ShiftedClock()
        let worker = try bench.worker(granted: terms.grants, clock: clock)
        try await worker.work()
        let record = try await bench.report("job").record
        #expect(record.state == .waiting && record.exitCode == 69 && record.attempts == 1 && !record.hasWritten)
        #expect((9.0...13).contains(record.notBefore - clock.now()))
        clock.offset = 13
        _ = try await (try bench.worker(granted: terms.grants, clock: clock)).work()
        #expect(try await bench.report("job").record.state == .dead)
        #expect(bench.told.filter { $0 == "ended job 69" }.count == 2)
    }

    /// Nothing is sent where the queue cannot be told of it first.
    @Test func nothingIsWrittenWhileTheQueueIsAway() async throws {
        let bench = try await WorkerBench()
        var terms = JobTerms()
        terms.grants.net = .names(["127.0.0.1"])
        let source = """
            require('c8.task').sleep(0.2)
            require('c8.http').request{method = 'POST', url = 'http://127.0.0.1:1/', body = 'x'}
            """
        try await bench.submit("job", source, terms: terms)
        let worker = try bench.worker(granted: terms.grants)
        async let work = worker.work()
        try await bench.wait(for: "began job")
        bench.queue.isAway = true
        try await bench.wait(for: "ended job 69")
        bench.queue.isAway = false
        _ = try await work
        #expect(try await bench.report("job").record.error?.contains("nothing was sent: ") == true)
    }
}
