import Testing

@testable import C8Flow

@Suite struct ConcurrencyLimitTests {
    /// Sends as much as may be sent at a time, and ends all of it a while later.
    private func round(
        _ limit: inout ConcurrencyLimit, at now: Double, _ outcome: ConcurrencyLimit.Outcome = .answered
    ) {
        let tickets = (0..<limit.room(at: now)).map { _ in limit.start(at: now) }
        for ticket in tickets { limit.end(ticket, outcome, at: now + 0.1) }
    }

    @Test(arguments: [(1, 1), (2, 2), (16, 2), (0, 1), (-5, 1)])
    func itBeginsWithTwoOrTheMaximum(maximum: Int, limit: Int) {
        #expect(ConcurrencyLimit(maximum: maximum).limit == limit)
    }

    @Test func itGrowsByOneAfterAsManySuccessesAsItIs() {
        var limit = ConcurrencyLimit(maximum: 5)
        let limits = (0..<5).map { index in
            round(&limit, at: Double(index))
            return limit.limit
        }
        #expect(limits == [3, 4, 5, 5, 5])
    }

    @Test func itDoesNotGrowWhileItIsNotUsed() {
        var limit = ConcurrencyLimit(maximum: 16)
        for index in 0..<100 {
            let ticket = limit.start(at: Double(index))
            limit.end(ticket, .answered, at: Double(index) + 0.1)
        }
        #expect(limit.limit == 2)
    }

    @Test func manyRefusalsOfOneRoundTripHalveItOnce() {
        var limit = ConcurrencyLimit(maximum: 16)
        for index in 0..<20 { round(&limit, at: Double(index)) }
        #expect(limit.limit == 16)
        round(&limit, at: 100, .overloaded(retryAfter: nil))
        #expect(limit.limit == 8)
        round(&limit, at: 101, .overloaded(retryAfter: nil))
        #expect(limit.limit == 4)
    }

    @Test func otherFailuresChangeNothing() {
        var limit = ConcurrencyLimit(maximum: 16)
        for index in 0..<20 { round(&limit, at: Double(index), .other) }
        #expect(limit.limit == 2)
        #expect(limit.inFlight == 0)
    }

    @Test func pauseHoldsAllAndThenOpens() {
        var limit = ConcurrencyLimit(maximum: 16)
        round(&limit, at: 0, .overloaded(retryAfter: 7))
        #expect(limit.room(at: 1) == 0)
        #expect(limit.opens(after: 1) == 7.1)
        #expect(limit.room(at: 7.1) == 1)
        #expect(limit.opens(after: 7.1) == nil)
    }

    @Test func shorterPauseDoesNotEndALongerOne() {
        var limit = ConcurrencyLimit(maximum: 16)
        let tickets = [limit.start(at: 0), limit.start(at: 0)]
        limit.end(tickets[0], .overloaded(retryAfter: 60), at: 1)
        limit.end(tickets[1], .overloaded(retryAfter: 1), at: 1)
        #expect(limit.pausedUntil == 61)
    }

    @Test(arguments: [Double.nan, -.infinity, .infinity, -5, 0])
    func senselessPausesAreNone(seconds: Double) {
        var limit = ConcurrencyLimit(maximum: 16)
        round(&limit, at: 0, .overloaded(retryAfter: seconds))
        #expect(limit.pausedUntil == -.infinity)
    }

    @Test func refusedForEverItStillTriesTwiceAMinute() {
        var limit = ConcurrencyLimit(maximum: 4)
        var now = 0.0
        var starts: [Double] = []
        while now < 10_000 {
            if limit.room(at: now) > 0 {
                starts.append(now)
                let ticket = limit.start(at: now)
                now += 0.01
                limit.end(ticket, .overloaded(retryAfter: nil), at: now)
            } else {
                now = limit.opens(after: now) ?? .infinity
            }
        }
        #expect((300...400).contains(starts.count))
    }

    @Test(arguments: [Double.nan, -1, .infinity])
    func clockThatGoesWrongDoesNoHarm(later: Double) {
        var limit = ConcurrencyLimit(maximum: 4)
        for _ in 0..<10 {
            let ticket = limit.start(at: 0)
            limit.end(ticket, .answered, at: later)
        }
        #expect(limit.limit >= 1 && limit.inFlight == 0)
    }
}
