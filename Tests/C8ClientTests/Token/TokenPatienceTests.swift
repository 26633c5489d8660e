import Testing

@testable import C8Client

@Suite struct TokenPatienceTests {
    private let span = TokenSlot(interval: 60).span

    private func nap(_ decision: TokenPatience.Decision) -> Double? {
        if case .nap(let seconds) = decision { seconds } else { nil }
    }

    @Test func oneReservationIsWaitedForNoLongerThanItCanLast() throws {
        var patience = TokenPatience(span: span)
        var time = 100.0
        while let nap = nap(patience.wait(for: 7, left: 1000, atMost: 3, at: time, random: 1)) {
            #expect((0.01...0.7).contains(nap))
            time += nap
            try #require(time < 1000)
        }
        let last = patience.wait(for: 7, left: 1000, atMost: 3, at: time, random: 1)
        #expect(last == .take)
        #expect(time - 100 <= span + 0.01)
        #expect(patience.began == 100)
    }

    @Test(arguments: [1, 3, 10])
    func soManyReservationsAreWaitedFor(most: Int) {
        var patience = TokenPatience(span: span)
        for generation in 1...most {
            for time in [0.0, 1] {
                let decision = patience.wait(for: Int64(generation), left: 5, atMost: most, at: time, random: 0)
                #expect(nap(decision) != nil)
            }
        }
        #expect(patience.slots == most)
        let next = patience.wait(for: Int64(most + 1), left: 5, atMost: most, at: 2, random: 0)
        #expect(next == .giveUp)
    }

    @Test func napEndsWithTheReservation() {
        var patience = TokenPatience(span: span)
        for _ in 0..<20 { _ = patience.wait(for: 1, left: 5, atMost: 3, at: 0, random: 1) }
        let last = patience.wait(for: 1, left: 0.125, atMost: 3, at: 0, random: 1)
        #expect(last == .nap(0.125))
    }

    @Test func waitIsToldOnceForEachReservationAfterTwoSeconds() {
        var patience = TokenPatience(span: span)
        var told: [Double] = []
        if patience.isWorthTelling(at: 1000) { told.append(1000) }
        for (generation, time) in [(1 as Int64, 0.0), (1, 1.9), (1, 2), (1, 9), (2, 11), (2, 13), (2, 14)] {
            _ = patience.wait(for: generation, left: 50, atMost: 3, at: time, random: 0)
            if patience.isWorthTelling(at: time) { told.append(time) }
        }
        #expect(told == [2, 13])
    }

    @Test func stumblingEndsAtSomeTime() {
        var patience = TokenPatience(span: span)
        var count = 0
        while patience.stumble() { count += 1 }
        #expect((10...1000).contains(count))
    }
}
