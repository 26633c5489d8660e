import Testing

@testable import C8Flow

/// Scenarios in virtual time; the bands are what a user may rely on.
@Suite struct ConcurrencyLimitScenarioTests {
    @Test(arguments: [(0.002, 16), (0.1, 16), (1.0, 16), (0.1, 1), (0.1, 3), (0.2, 64)] as [(Double, Int)])
    func steadyServerIsUsedUpToTheMaximum(latency: Double, maximum: Int) {
        var run = VirtualRun(maximum: maximum, VirtualServer { _, _ in latency })
        // Time for some thousand answers.
        _ = run.run(until: 150 * latency)
        let figures = run.run(until: 250 * latency)
        #expect(figures.mostInFlight == maximum)
        #expect(figures.rate >= 0.95 * Double(maximum) / latency)
        #expect(figures.meanLimit == Double(maximum))
    }

    @Test(arguments: [0.001, 0.002, 0.0027])
    func fastServerThatQueuesOurOwnRequestsIsNoReasonToShrink(service: Double) {
        // One request after the other: what we send in parallel waits.
        var run = VirtualRun(maximum: 16, VirtualServer { _, inFlight in service * Double(inFlight) })
        _ = run.run(until: 5)
        let figures = run.run(until: 15)
        #expect(figures.meanLimit == 16)
    }

    @Test func queueBehindAKneeStaysShort() {
        // Eight at once in 100 ms; what is beyond waits.
        var run = VirtualRun(maximum: 64, VirtualServer { _, inFlight in 0.1 * max(1, Double(inFlight) / 8) })
        _ = run.run(until: 20)
        let figures = run.run(until: 80)
        #expect((60...82).contains(figures.rate))
        #expect((8...40).contains(figures.meanLimit))
    }

    @Test(
        arguments: [(100.0, 0.1), (100, 0.002), (100, 0.01), (30, 0.1), (15, 0.1), (5, 0.1), (2, 0.005)]
            as [(Double, Double)])
    func rateThatTheServerAllowsIsNearlyReachedWithFewRefusals(rate: Double, latency: Double) {
        var server = VirtualServer { _, _ in latency }
        server.rate = { _ in rate }
        var run = VirtualRun(maximum: 16, server)
        _ = run.run(until: 30)
        let figures = run.run(until: 150)
        #expect((0.7 * rate...1.01 * rate).contains(figures.rate), "rate \(figures.rate)")
        #expect(figures.refusedPart <= 0.1, "refused \(figures.refusedPart)")
    }

    @Test func retryAfterIsObeyedByAll() {
        var server = VirtualServer { _, _ in 0.05 }
        server.rate = { $0 < 20 ? .infinity : 0.001 }
        server.retryAfter = 30
        var run = VirtualRun(maximum: 8, server)
        let before = run.run(until: 20)
        #expect(before.rate > 100)
        _ = run.run(until: 20.2)
        let paused = run.run(until: 49.9)
        #expect(paused.answered + paused.refused == 0)
    }

    @Test func suddenlyLowerRateCausesNoStorm() {
        var server = VirtualServer { _, _ in 0.02 }
        server.rate = { $0 < 60 ? 100 : 10 }
        var run = VirtualRun(maximum: 16, server)
        _ = run.run(until: 60)
        let fall = run.run(until: 62)
        #expect(fall.refused <= 20)
        _ = run.run(until: 90)
        let figures = run.run(until: 150)
        #expect(figures.rate + Double(figures.refused) / 60 <= 20)
        #expect(figures.rate >= 7)
    }

    @Test func rateIsFoundAgainAfterItRoseAgain() {
        var server = VirtualServer { _, _ in 0.05 }
        server.rate = { $0 < 60 ? 5 : 200 }
        var run = VirtualRun(maximum: 16, server)
        _ = run.run(until: 60)
        _ = run.run(until: 75)
        #expect(run.run(until: 120).rate >= 140)
    }

    @Test func someLostRequestsDoNotStopTheRest() {
        var server = VirtualServer { _, _ in 0.1 }
        server.lost = { _ in 0.01 }
        server.timeout = 2
        var run = VirtualRun(maximum: 16, server)
        _ = run.run(until: 30)
        let figures = run.run(until: 330)
        #expect(figures.rate >= 30)
        #expect(figures.meanLimit >= 4)
    }

    @Test func everythingLostLeavesOneRequestAtATime() {
        var server = VirtualServer { _, _ in 0.1 }
        server.lost = { $0 < 10 ? 0 : 1 }
        server.timeout = 5
        var run = VirtualRun(maximum: 16, server)
        _ = run.run(until: 30)
        let figures = run.run(until: 90)
        #expect(figures.mostInFlight == 1)
        #expect(figures.refused <= 12)
    }

    @Test func recoveryAfterAnOutageIsQuick() {
        var server = VirtualServer { _, _ in 0.1 }
        server.lost = { (20..<50).contains($0) ? 1 : 0 }
        server.timeout = 5
        var run = VirtualRun(maximum: 16, server)
        _ = run.run(until: 50)
        _ = run.run(until: 80)
        #expect(run.run(until: 100).rate >= 120)
    }

    @Test func suddenSlownessShrinksAndIsThenTakenForNormal() {
        var run = VirtualRun(maximum: 16, VirtualServer { now, _ in now < 30 ? 0.1 : 0.5 })
        _ = run.run(until: 30)
        let shock = run.run(until: 40)
        #expect(shock.meanLimit < 12)
        _ = run.run(until: 90)
        #expect(run.run(until: 150).meanLimit >= 14)
    }

    @Test func latencyThatJumpsUpAndDownIsNoReasonToShrinkForGood() {
        var run = VirtualRun(maximum: 8, VirtualServer { now, _ in Int(now * 10) % 7 == 0 ? 0.4 : 0.1 })
        _ = run.run(until: 30)
        #expect(run.run(until: 90).meanLimit >= 5)
    }
}
