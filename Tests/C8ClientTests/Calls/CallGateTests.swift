import Synchronization
import Testing

@testable import C8Client

@Suite struct CallGateTests {
    private struct Counts {
        var now = 0
        var most = 0
        var order: [Int] = []
    }

    /// What passes the gate.
    private final class Seen: Sendable {
        private let counts = Mutex(Counts())
        var most: Int { counts.withLock { $0.most } }
        var order: [Int] { counts.withLock { $0.order } }

        func enter(_ index: Int) {
            counts.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
                $0.order.append(index)
            }
        }

        func leave() { counts.withLock { $0.now -= 1 } }
    }

    @Test(arguments: [1, 3, 1000])
    func noMoreThanAllowedAtATime(most: Int) async throws {
        let gate = CallGate(maximumConcurrency: most, maximumRate: nil)
        let seen = Seen()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<50 {
                group.addTask {
                    try await gate.pass(FakeClock()) { () throws(ClientError) in
                        seen.enter(index)
                        for _ in 0..<10 { await Task.yield() }
                        seen.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(seen.most <= most)
        #expect(Set(seen.order).count == 50)
    }

    @Test func firstToComeIsFirstServed() async throws {
        let gate = CallGate(maximumConcurrency: 1, maximumRate: nil)
        let seen = Seen()
        let (holding, hold) = AsyncStream.makeStream(of: Void.self)
        let first = Task {
            try await gate.pass(FakeClock()) { () throws(ClientError) in for await _ in holding {} }
        }
        while gate.underWay == 0 { await Task.yield() }
        var others: [Task<Void, any Error>] = []
        for index in 0..<5 {
            others.append(
                Task {
                    try await gate.pass(FakeClock()) { () throws(ClientError) in seen.enter(index) }
                })
            while gate.waiting <= index { await Task.yield() }
        }
        // One of them leaves the queue, and nobody else's place changes.
        others[2].cancel()
        let left = await others[2].result
        #expect(throws: ClientError.self) { try left.get() }
        hold.finish()
        try await first.value
        for index in [0, 1, 3, 4] { try await others[index].value }
        #expect(seen.order == [0, 1, 3, 4])
        #expect(gate.underWay == 0)
    }

    @Test func profileWithoutAWordHasAsManyAsThereAreConnections() throws {
        let fixture = Fixture { _, _ in .token("a") }
        #expect(try fixture.client(fixture.tokens()).gate.maximumConcurrency == 64)
    }

    @Test func startsAreSpacedByTheRate() async throws {
        let gate = CallGate(maximumConcurrency: 10, maximumRate: 4)
        let clock = FakeClock()
        var starts: [Double] = []
        for _ in 0..<4 { starts.append(try await gate.pass(clock) { () throws(ClientError) in clock.monotonic() }) }
        #expect(starts == [5000, 5000.25, 5000.5, 5000.75])
        clock.advance(10)
        let late = try await gate.pass(clock) { () throws(ClientError) in clock.monotonic() }
        #expect(late == 5010.75)
    }

    @Test func turnBeyondTheDeadlineIsNotWaitedFor() async throws {
        let gate = CallGate(maximumConcurrency: 10, maximumRate: 0.01)
        let clock = FakeClock()
        _ = try await gate.pass(clock) { () throws(ClientError) in clock.monotonic() }
        for _ in 0..<3 {
            let error = await #expect(throws: ClientError.self) {
                try await gate.pass(clock, seconds: 60) { () throws(ClientError) in }
            }
            #expect(error?.kind == .timeout && error?.outcome == .notSent)
        }
        #expect(clock.monotonic() == 5000 && gate.underWay == 0)
        // Nor did the three take anybody's turn.
        let next = try await gate.pass(clock) { () throws(ClientError) in clock.monotonic() }
        #expect(next == 5100)
    }
}

extension CallGate {
    /// Runs the body when it is its turn.
    fileprivate func pass<Value: Sendable>(
        _ clock: FakeClock, seconds: Double = 1e6, _ body: () async throws(ClientError) -> Value
    ) async throws(ClientError) -> Value {
        try await enter(
            CallDeadline(end: clock.monotonic() + seconds, total: seconds, clock: clock, timer: EndlessTimer()))
        defer { leave() }
        return try await body()
    }
}
