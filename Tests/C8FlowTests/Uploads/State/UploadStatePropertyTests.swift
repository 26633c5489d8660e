import C8Platform
import Fuzzing
import Testing

@testable import C8Flow

@Suite struct UploadStatePropertyTests {
    private static let writes = UploadConfiguration(
        effect: .write, concurrency: 4, canVerify: true, maximumAttempts: 50)

    /// Runs until all is done, with an operator who finds out what is in doubt; the last run's summary.
    private func complete(_ upload: inout VirtualUpload) throws -> UploadSummary? {
        for _ in 0..<2000 {
            switch try upload.run() {
            case .finish(let summary)?: return summary
            case .stop(.inDoubt(let slices))?:
                var checkpoint = try UploadCheckpoint(try #require(upload.kept))
                #expect(checkpoint.inDoubt == slices && !slices.isEmpty)
                for slice in slices {
                    let happened = upload.happened(slice)
                    for value in upload.values(slice) { upload.fates[value] = happened ? .done : .notDone }
                    checkpoint.resolve(slice, happened: happened)
                }
                upload.kept = checkpoint.json
            case .stop(.cancelled)?, .stop(.failing)?, nil: break
            case let other?:
                Issue.record("ended with \(other)")
                return nil
            }
        }
        Issue.record("never ends")
        return nil
    }

    private func badRows(_ rows: Int, hundredths: Int, _ generator: inout SeededGenerator) -> Set<Int> {
        Set((0..<rows).filter { _ in generator.number(below: 100) < hundredths })
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func writesHappenOnceThroughFailuresAndCrashes(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let rows = 1 + generator.number(below: 120)
        let bad = badRows(rows, hundredths: generator.pick([0, 3, 20]), &generator)
        let configuration = UploadConfiguration(
            effect: .write, concurrency: 1 + generator.number(below: 5), canVerify: seed % 2 == 0, maximumAttempts: 50)
        let judgement = generator.pick(VirtualUpload.Judgement.allCases)
        var upload = VirtualUpload(
            rows: rows, bad: bad, batch: 1 + generator.number(below: 12), configuration, judgement, seed: seed)
        let summary = try #require(try complete(&upload))
        #expect(upload.ledger.count == rows - bad.count)
        #expect(upload.ledger.values.allSatisfy { $0 == 1 })
        #expect(summary.sent == rows && summary.batches == upload.batches.count)
        let badLines = Set(bad.map { $0 + 1 })
        switch judgement {
        case .wholeRequest:
            #expect(summary.accepted == rows - bad.count && summary.rejected == bad.count)
            #expect(Set(upload.reported.keys) == badLines)
        // Of a request whose answer was lost it is only known that it happened.
        case .eachRow: #expect(badLines.isSuperset(of: upload.reported.keys))
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func repeatableUploadsLoseNothing(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let rows = 1 + generator.number(below: 120)
        let bad = badRows(rows, hundredths: generator.pick([0, 5, 30]), &generator)
        let configuration = UploadConfiguration(
            effect: generator.pick([.read, .idempotent]), concurrency: 1 + generator.number(below: 5),
            maximumAttempts: 50)
        var upload = VirtualUpload(
            rows: rows, bad: bad, batch: 1 + generator.number(below: 12), configuration,
            generator.pick(VirtualUpload.Judgement.allCases), seed: seed)
        let summary = try #require(try complete(&upload))
        #expect(upload.ledger.count == rows - bad.count)
        #expect(summary.accepted == rows - bad.count && summary.rejected == bad.count)
        #expect(Set(upload.reported.keys) == Set(bad.map { $0 + 1 }))
    }

    @Test func withoutTroubleEachBatchIsSentOnce() throws {
        var upload = VirtualUpload(rows: 1000, bad: [], batch: 10, Self.writes, .wholeRequest, seed: 1)
        upload.failures = 0
        upload.crashes = 0
        let summary = try #require(try complete(&upload))
        #expect(upload.requests == 100)
        #expect(summary.retries == 0 && summary.accepted == 1000 && summary.seconds > 0)
    }

    @Test func aCrashSendsAtMostTheConcurrencyAgain() throws {
        var upload = VirtualUpload(rows: 2000, bad: [], batch: 10, Self.writes, .wholeRequest, seed: 2)
        upload.failures = 0
        var crashes = -1
        var ending: VirtualUpload.Ending
        repeat {
            ending = try upload.run()
            if case .stop? = ending { break }
            crashes += 1
        } while ending == nil
        #expect(upload.requests <= 200 + crashes * Self.writes.concurrency)
    }

    @Test(arguments: [1, 2, 16])
    func badRowsCostFewRequests(concurrency: Int) throws {
        let configuration = UploadConfiguration(effect: .write, concurrency: concurrency)
        var upload = VirtualUpload(
            rows: 4096, bad: [1000, 3000], batch: 1024, configuration, .wholeRequest, seed: 5)
        upload.failures = 0
        upload.crashes = 0
        let summary = try #require(try complete(&upload))
        #expect(summary.rejected == 2 && summary.accepted == 4094)
        #expect(upload.requests <= 4 + 2 * 20 + 1)
    }

    @Test(arguments: [1, 2, 3, 7, 64, 100])
    func badFirstRowOfTheWholeInputIsRejectedAlone(batch: Int) throws {
        // The header of a file that was read as a row: all that is known of the upload is that it was rejected.
        var upload = VirtualUpload(
            rows: 2 * batch, bad: [0], batch: batch, UploadConfiguration(effect: .write, concurrency: 1), .wholeRequest,
            seed: 6)
        upload.failures = 0
        upload.crashes = 0
        let summary = try #require(try complete(&upload))
        #expect(summary.rejected == 1 && summary.accepted == 2 * batch - 1)
        #expect(upload.ledger.count == 2 * batch - 1)
        #expect(Set(upload.reported.keys) == [1])
    }

    @Test(arguments: [(16, 1000), (4, 10), (2, 2), (3, 1)])
    func uploadThatIsWrongAsAWholeIsNotHammered(concurrency: Int, batch: Int) {
        var state = UploadState(
            UploadConfiguration(effect: .write, concurrency: concurrency),
            checkpoint: UploadCheckpoint(input: InputIdentity(name: "codes"), plan: BatchPlan(rows: batch)))
        var queue = state.begin(at: 0)
        var requests = 0
        var number = 0
        var stop: UploadStop?
        while !queue.isEmpty {
            switch queue.removeFirst() {
            case .read(let count):
                for _ in 0..<count {
                    let identity = BatchIdentity(
                        number: number, firstLine: number * batch + 1, lastLine: number * batch + batch, rows: batch,
                        content: Fingerprint(high: 0, low: 0))
                    number += 1
                    queue += state.handle(.batchRead(identity, skipped: .none), at: 0)
                }
            case .send(let slice):
                requests += 1
                queue += state.handle(.failed(slice, .rejected(code: 2115, message: "no such order")), at: 1)
            case .stop(let reason): stop = reason
            default: break
            }
        }
        #expect(stop == .wholesale(code: 2115, message: "no such order"))
        #expect(requests <= max(2 + 11 + 2, batch == 1 ? 20 : 0))
        #expect(stop?.description.contains("code 2115: no such order") == true)
        // Once the order exists, all rows are sent.
        #expect(state.checkpoint.finished.count == 0 && state.checkpoint.open.isEmpty)
        #expect(state.checkpoint.summary.rejected == 0)
    }
}
