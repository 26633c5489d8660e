import Testing

@testable import C8Client

@Suite struct TokenSlotTests {
    private static let now = 1_700_000_000.0
    private let slot = TokenSlot(interval: 60)
    private let token = Token(value: Secret("a"), generation: 1, fetchedAt: now - 100, ttl: 3600)

    struct Row: Sendable {
        let fetchAfter: Double
        let step: TokenSlot.Step
    }

    @Test(arguments: [
        Row(fetchAfter: 0, step: .reserve), Row(fetchAfter: now, step: .reserve),
        Row(fetchAfter: now + 1, step: .wait(1)),
        Row(fetchAfter: now + 70.25, step: .wait(70.25)), Row(fetchAfter: now + 130.5, step: .wait(130.5)),
        // Made by a clock that has been set back since, or no time at all.
        Row(fetchAfter: now + 131, step: .reserve), Row(fetchAfter: now + 7200, step: .reserve),
        Row(fetchAfter: .infinity, step: .reserve), Row(fetchAfter: .nan, step: .reserve),
        Row(fetchAfter: -.infinity, step: .reserve),
    ])
    func slotIsFreeWhenItsTimeIsOver(row: Row) {
        #expect(slot.step(TokenRecord(fetchAfter: row.fetchAfter), except: [], at: Self.now) == row.step)
    }

    @Test func noRecordForbidsNothing() {
        #expect(slot.step(nil, except: [], at: Self.now) == .reserve)
    }

    @Test func goodTokenIsUsedWhateverTheSlotSays() {
        for fetchAfter in [0, Self.now + 60] {
            let record = TokenRecord(token: token, fetchAfter: fetchAfter)
            #expect(slot.step(record, except: [], at: Self.now) == .use(token))
            #expect(slot.step(record, except: [Secret("other")], at: Self.now) == .use(token))
        }
    }

    @Test func refusedTokenIsNotUsed() {
        let record = TokenRecord(token: token, fetchAfter: Self.now + 5)
        #expect(slot.step(record, except: [Secret("a"), Secret("b")], at: Self.now) == .wait(5))
    }

    @Test(arguments: [(3600.0, 0.0), (3600, 7200), (-120, 0), (.nan, 0), (100, .nan)])
    func deadFutureOrDamagedTokenIsNotUsed(age: Double, later: Double) {
        let token = Token(value: Secret("a"), generation: 1, fetchedAt: Self.now - age, ttl: 3600)
        #expect(slot.step(TokenRecord(token: token), except: [], at: Self.now + later) == .reserve)
    }

    @Test func reservationOutlivesTheCallByTheInterval() {
        #expect(slot.reservedUntil(from: 0) >= TokenSlot.requestTime + 60)
        #expect(slot.next(after: 0) > 60)
        #expect(slot.latest(at: 0) > slot.reservedUntil(from: 0))
    }

    @Test(arguments: [(0.0, 10.0), (4, 6), (-3, 10), (9, 1), (9.5, nil), (3600, nil)] as [(Double, Double?)])
    func lateCallIsShortenedOrNotMade(elapsed: Double, time: Double?) {
        #expect(TokenSlot.requestTime(elapsed: elapsed) == time)
    }
}
