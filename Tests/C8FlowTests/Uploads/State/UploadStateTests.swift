import C8Platform
import Testing

@testable import C8Flow

@Suite struct UploadStateTests {
    private static let checkpoint = UploadCheckpoint(
        input: InputIdentity(name: "codes.csv", size: 100, modified: 5), plan: BatchPlan(rows: 10))

    private func batch(_ number: Int, content: UInt64 = 1) -> BatchIdentity {
        BatchIdentity(
            number: number, firstLine: number * 10 + 1, lastLine: number * 10 + 10, rows: 10,
            content: Fingerprint(high: 0, low: content))
    }

    private func whole(_ number: Int) -> UploadSlice { UploadSlice(batch: number, rows: 0..<10) }

    /// An upload of writes that has begun and read a batch.
    private func begun(
        effect: Effect = .write, canVerify: Bool = false, checkpoint: UploadCheckpoint = checkpoint
    ) -> UploadState {
        var state = UploadState(
            UploadConfiguration(effect: effect, concurrency: 2, canVerify: canVerify, maximumAttempts: 3),
            checkpoint: checkpoint)
        _ = state.begin(at: 0)
        return state
    }

    @Test func beginningReadsAheadTwiceTheConcurrency() {
        var state = UploadState(UploadConfiguration(effect: .write, concurrency: 3), checkpoint: Self.checkpoint)
        #expect(state.begin(at: 0) == [.read(6)])
    }

    @Test func writeIsWrittenDownBeforeItIsSent() {
        var state = begun()
        #expect(
            state.handle(.batchRead(batch(0), skipped: .none), at: 0) == [.journalStart([0]), .send(whole(0))])
        #expect(state.checkpoint.inDoubt == [whole(0)])
    }

    @Test func finishedBatchIsWrittenDownAndAnotherRead() {
        var state = begun()
        _ = state.handle(.batchRead(batch(0), skipped: .none), at: 0)
        #expect(
            state.handle(.answered(whole(0), .accepted(10)), at: 1) == [
                .journalDone([0]), .release(batch: 0, wasSkipped: false), .read(1),
            ])
        #expect(state.checkpoint.finished.mark == 1 && state.checkpoint.open.isEmpty)
    }

    @Test func emptyInputIsFinishedAtOnce() {
        var state = begun()
        let actions = state.handle(.inputEnded(skipped: SkippedRows(invalid: 2, duplicate: 3)), at: 2)
        var summary = UploadSummary()
        summary.rejected = 2
        summary.duplicate = 3
        summary.seconds = 2
        #expect(actions == [.journalDone([]), .finish(summary)])
    }

    @Test func repeatableRequestIsTriedAgainAfterAPause() throws {
        var state = begun(effect: .idempotent)
        #expect(state.handle(.batchRead(batch(0), skipped: .none), at: 0) == [.send(whole(0))])
        let actions = state.handle(.failed(whole(0), .unknown(isTimeout: false)), at: 1)
        guard case .wake(let time)? = actions.first else {
            Issue.record("\(actions)")
            return
        }
        #expect((1.25...1.5).contains(time))
        #expect(state.handle(.woke, at: time) == [.send(whole(0))])
        #expect(state.checkpoint.summary.retries == 1)
    }

    @Test func unknownWriteIsAskedAboutAndSentAgainWhenItDidNotHappen() {
        var state = begun(canVerify: true)
        _ = state.handle(.batchRead(batch(0), skipped: .none), at: 0)
        #expect(state.handle(.failed(whole(0), .unknown(isTimeout: true)), at: 1) == [.askVerify(whole(0))])
        #expect(
            state.handle(.verified(whole(0), happened: false), at: 2) == [.journalStart([0]), .send(whole(0))])
    }

    @Test func unknownWriteThatHappenedIsAccepted() {
        var state = begun(canVerify: true)
        _ = state.handle(.batchRead(batch(0), skipped: .none), at: 0)
        _ = state.handle(.failed(whole(0), .unknown(isTimeout: true)), at: 1)
        #expect(state.handle(.verified(whole(0), happened: true), at: 2).first == .journalDone([0]))
        #expect(state.summary.accepted == 10)
    }

    @Test func writeThatNobodyCanTellOfStaysInDoubtWhileOthersGoOn() {
        var state = begun()
        _ = state.handle(.batchRead(batch(0), skipped: .none), at: 0)
        _ = state.handle(.batchRead(batch(1), skipped: .none), at: 0)
        #expect(
            state.handle(.failed(whole(0), .unknown(isTimeout: false)), at: 1) == [
                .release(batch: 0, wasSkipped: false), .read(1),
            ])
        _ = state.handle(.answered(whole(1), .accepted(10)), at: 1)
        let actions = state.handle(.inputEnded(skipped: .none), at: 1)
        #expect(actions == [.journalDone([]), .stop(.inDoubt([whole(0)]))])
        #expect(state.checkpoint.finished.mark == 0 && state.checkpoint.finished.contains(1))
    }

    @Test func unreachablePlatformEndsTheUploadAfterSomeTries() {
        var state = begun()
        var queue = state.handle(.batchRead(batch(0), skipped: .none), at: 0)
        var sends = 0
        var now = 0.0
        while !queue.isEmpty {
            switch queue.removeFirst() {
            case .send(let slice):
                sends += 1
                queue += state.handle(.failed(slice, .notSent), at: now)
            case .wake(let time):
                now = time
                queue += state.handle(.woke, at: now)
            case .stop(let reason): #expect(reason == .failing(whole(0), attempts: 3))
            default: break
            }
        }
        #expect(sends == 3)
        #expect(state.checkpoint.inDoubt.isEmpty)
    }

    @Test func overloadedPlatformThatServesOthersIsWaitedFor() {
        var state = begun()
        _ = state.handle(.batchRead(batch(0), skipped: .none), at: 0)
        var now = 0.0
        for number in 1...20 {
            // Each time another batch is served, and this one put off.
            _ = state.handle(.batchRead(batch(number), skipped: .none), at: now)
            _ = state.handle(.answered(whole(number), .accepted(10)), at: now + 0.1)
            _ = state.handle(.failed(whole(0), .overloaded(retryAfter: nil, isNotDone: true)), at: now + 0.2)
            now += 60
            _ = state.handle(.woke, at: now)
        }
        #expect(state.stopping == nil)
    }

    @Test func cancelledUploadWaitsForWhatIsUnderWay() {
        var state = begun()
        _ = state.handle(.batchRead(batch(0), skipped: .none), at: 0)
        #expect(state.handle(.cancelled, at: 1) == [])
        #expect(state.handle(.batchRead(batch(1), skipped: .none), at: 1) == [])
        let actions = state.handle(.answered(whole(0), .accepted(10)), at: 2)
        #expect(actions.suffix(2) == [.journalDone([]), .stop(.cancelled)])
        #expect(state.handle(.woke, at: 3) == [])
    }

    @Test func fatalFailureEndsTheUploadAndKeepsTheDoubt() {
        for isNotDone in [true, false] {
            var state = begun()
            _ = state.handle(.batchRead(batch(0), skipped: .none), at: 0)
            let actions = state.handle(.failed(whole(0), .fatal(isNotDone: isNotDone)), at: 1)
            #expect(actions.last == .stop(.fatal(whole(0))))
            #expect(state.checkpoint.inDoubt == (isNotDone ? [] : [whole(0)]))
        }
    }

    @Test func strangersEventsChangeNothing() {
        var state = begun(canVerify: true)
        #expect(state.handle(.answered(whole(7), .accepted(10)), at: 1) == [])
        #expect(state.handle(.failed(whole(7), .notSent), at: 1) == [])
        #expect(state.handle(.verified(whole(7), happened: true), at: 1) == [])
        #expect(state.summary.sent == 0)
    }

    @Test func laterRunSkipsWhatIsFinishedAndAsksAboutWhatIsNot() throws {
        var state = begun()
        _ = state.handle(.batchRead(batch(0), skipped: .none), at: 0)
        _ = state.handle(.batchRead(batch(1), skipped: .none), at: 0)
        _ = state.handle(.answered(whole(0), .accepted(10)), at: 1)
        // The process is killed here.
        var later = begun(canVerify: true, checkpoint: try UploadCheckpoint(state.checkpoint.json))
        #expect(
            later.handle(.batchRead(batch(0), skipped: .none), at: 0) == [
                .release(batch: 0, wasSkipped: true), .read(1),
            ])
        #expect(later.handle(.batchRead(batch(1), skipped: .none), at: 0) == [.askVerify(whole(1))])
        #expect(later.handle(.batchRead(batch(2), skipped: .none), at: 0) == [.journalStart([2]), .send(whole(2))])
    }

    @Test func changedRowsOfAFinishedBatchAreRefused() {
        var state = begun()
        _ = state.handle(.batchRead(batch(0), skipped: .none), at: 0)
        _ = state.handle(.answered(whole(0), .accepted(10)), at: 1)
        var later = begun(checkpoint: state.checkpoint)
        let actions = later.handle(.batchRead(batch(0, content: 2), skipped: .none), at: 0)
        guard case .stop(let reason)? = actions.last else {
            Issue.record("\(actions)")
            return
        }
        #expect(
            reason.description
                == "codes.csv (lines 1 to 10) changed since the upload of it began: rows that were sent are "
                + "others now. Bring back the file as it was, or upload what is new from a file of its own under another id"
        )
    }

    @Test func changedRowsOfABegunBatchAreRefused() {
        var state = begun()
        _ = state.handle(.batchRead(batch(0), skipped: .none), at: 0)
        var later = begun(checkpoint: state.checkpoint)
        let actions = later.handle(.batchRead(batch(0, content: 2), skipped: .none), at: 0)
        #expect(
            actions.last
                == .stop(
                    .refused(
                        .inputChanged(
                            InputChange(name: "codes.csv", lines: 1...10, difference: "rows of batch 0 are others now"))
                    )))
    }

    @Test func shorterInputIsRefused() {
        var state = begun()
        _ = state.handle(.batchRead(batch(0), skipped: .none), at: 0)
        _ = state.handle(.answered(whole(0), .accepted(10)), at: 1)
        var later = begun(checkpoint: state.checkpoint)
        guard case .stop(.refused(.inputChanged))? = later.handle(.inputEnded(skipped: .none), at: 0).last else {
            Issue.record("not refused")
            return
        }
    }
}
