import C8Queue
import Fuzzing
import Testing

@Suite struct WorkerStateTests {
    private func claim(_ number: Int64, fence: Int64 = 1) throws -> JobClaim {
        JobClaim(id: try JobID("job-\(number)"), number: number, fence: fence)
    }

    @Test func slotIsTakenUntilItsScriptHasEnded() throws {
        let (one, two) = (try claim(1), try claim(2))
        var state = WorkerState(slots: 2, lease: 30)
        #expect(state.free == 2)
        state.took([one, two], askedAt: 0)
        #expect(state.free == 0)
        let isToBeTold = state.ended(one)
        #expect(isToBeTold)
        #expect(state.free == 1)
        // The queue still takes it for running, and is to hear of it.
        #expect(Set(state.claims) == [one, two])
        state.recorded([one])
        #expect(state.claims == [two])
    }

    @Test func leaseCountsFromBeforeTheRequest() throws {
        let one = try claim(1)
        var state = WorkerState(slots: 1, lease: 30)
        state.took([one], askedAt: 100)
        #expect(state.isGood(one, at: 124.9))
        #expect(!state.isGood(one, at: 125.1))
        #expect(state.beaten([one], JobBeat(), askedAt: 110).isEmpty)
        #expect(state.isGood(one, at: 134.9))
        // An older question that was answered late shortens nothing.
        #expect(state.beaten([one], JobBeat(), askedAt: 105).isEmpty)
        #expect(state.isGood(one, at: 134.9))
        // In time for the script to have stopped when the lease is over, at 140.
        #expect(state.tick(at: 137.4).isEmpty)
        #expect(state.tick(at: 137.5).map(\.stop) == [.expired])
        #expect(!state.isGood(one, at: 120))
        // The queue knows whether it is still this worker's, and takes it back then.
        let isToBeTold = state.ended(one)
        #expect(isToBeTold)
    }

    @Test func scriptIsStoppedOnceAndForTheGravestReason() throws {
        let one = try claim(1)
        var state = WorkerState(slots: 1, lease: 30)
        state.took([one], askedAt: 0)
        #expect(state.beaten([one], JobBeat(cancelled: [one]), askedAt: 1).map(\.stop) == [.cancelled])
        #expect(state.beaten([one], JobBeat(cancelled: [one]), askedAt: 2).isEmpty)
        #expect(state.stopAll().isEmpty)
        #expect(state.beaten([one], JobBeat(lost: [one]), askedAt: 3).isEmpty)
        #expect(state.stop(of: one) == .lost)
        let isToBeTold = state.ended(one)
        #expect(!isToBeTold)
    }

    @Test func drainingWorkerTakesNothingAndStopsScriptsInTheEnd() throws {
        let one = try claim(1)
        var state = WorkerState(slots: 4, lease: 30)
        state.took([one], askedAt: 0)
        state.drain(until: 10)
        #expect(state.free == 0)
        #expect(state.tick(at: 9.9).isEmpty)
        #expect(state.tick(at: 10).map(\.stop) == [.drained])
        #expect(state.phase == .stopping)
        #expect(state.tick(at: 11).isEmpty)
        // It gives the job back, which the queue has to hear.
        let isToBeTold = state.ended(one)
        #expect(isToBeTold)
    }

    @Test func jobThatHasEndedIsNotLostWhileTheQueueIsAway() throws {
        let one = try claim(1)
        var state = WorkerState(slots: 1, lease: 30)
        state.took([one], askedAt: 0)
        let isToBeTold = state.ended(one)
        #expect(isToBeTold)
        #expect(state.tick(at: 100).isEmpty)
        #expect(state.claims == [one])
    }

    @Test func jobThatComesAgainHasAFenceOfItsOwn() throws {
        let (old, new) = (try claim(1), try claim(1, fence: 2))
        var state = WorkerState(slots: 2, lease: 30)
        state.took([old], askedAt: 0)
        #expect(state.beaten([old], JobBeat(lost: [old]), askedAt: 1).map(\.claim) == [old])
        state.took([new], askedAt: 1)
        #expect(state.isGood(new, at: 2))
        #expect(!state.isGood(old, at: 2))
    }

    /// Whatever happens in whatever order: no more scripts than slots, no good lease beyond its time, each stopped once.
    @Test(arguments: 0..<200) func anyOrderOfEventsKeepsTheRules(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var state = WorkerState(slots: 3, lease: 9)
        var (now, next) = (0.0, Int64(0))
        var running: [JobClaim: Double] = [:]
        var told: Set<JobClaim> = []
        func note(_ stops: [(claim: JobClaim, stop: WorkerState.Stop)]) {
            for (claim, _) in stops { #expect(told.insert(claim).inserted) }
        }
        for _ in 0..<200 {
            now += Double.random(in: 0...2, using: &random)
            note(state.tick(at: now))
            switch Int.random(in: 0..<7, using: &random) {
            case 0, 1:
                let claims = try (0..<state.free).map { try claim(next + Int64($0)) }
                next += Int64(claims.count)
                state.took(claims, askedAt: now)
                for claim in claims { running[claim] = now + 9 }
            case 2, 3:
                if let claim = running.keys.sorted(by: { $0.number < $1.number }).first {
                    running[claim] = nil
                    let wasLost = state.stop(of: claim) == .lost
                    let isToBeTold = state.ended(claim)
                    #expect(isToBeTold == !wasLost)
                    if Bool.random(using: &random) { state.recorded([claim]) }
                }
            case 4:
                let claims = state.claims
                let lost = Set(claims.filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
                for claim in claims where running[claim] != nil && state.stop(of: claim) != .lost {
                    running[claim] = lost.contains(claim) ? now : now + 9
                }
                note(state.beaten(claims, JobBeat(lost: lost), askedAt: now))
            case 5: if Int.random(in: 0..<50, using: &random) == 0 { state.drain(until: now + 5) }
            default: break
            }
            #expect(state.running <= 3)
            for (claim, end) in running where end <= now { #expect(!state.isGood(claim, at: now)) }
        }
    }
}
