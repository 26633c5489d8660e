import Testing

@testable import C8Client

@Suite struct TokenSlotTests {
    private static let wall = 1_700_000_000.0
    /// Where it cannot be told which start of the machine this is.
    private static let now = Moment(wall: wall)
    private let slot = TokenSlot(interval: 60)
    private let token = Token(value: Secret("a"), generation: 1, fetched: now.advanced(by: -100), ttl: 3600)

    struct Row: Sendable {
        let fetchAfter: Double
        let step: TokenSlot.Step
    }

    @Test(arguments: [
        Row(fetchAfter: 0, step: .reserve), Row(fetchAfter: wall, step: .reserve),
        Row(fetchAfter: wall + 1, step: .wait(1)),
        Row(fetchAfter: wall + 70.25, step: .wait(70.25)), Row(fetchAfter: wall + 130.5, step: .wait(130.5)),
        // Made by a clock that has been set back since, or no time at all.
        Row(fetchAfter: wall + 131, step: .reserve), Row(fetchAfter: wall + 7200, step: .reserve),
        Row(fetchAfter: .infinity, step: .reserve), Row(fetchAfter: .nan, step: .reserve),
        Row(fetchAfter: -.infinity, step: .reserve),
    ])
    func slotIsFreeWhenItsTimeIsOver(row: Row) {
        #expect(slot.step(TokenRecord(fetchAfter: Moment(wall: row.fetchAfter)), except: [], at: Self.now) == row.step)
    }

    @Test func noRecordForbidsNothing() {
        #expect(slot.step(nil, except: [], at: Self.now) == .reserve)
    }

    @Test func goodTokenIsUsedWhateverTheSlotSays() {
        for fetchAfter in [Moment.past, Self.now.advanced(by: 60)] {
            let record = TokenRecord(token: token, fetchAfter: fetchAfter)
            #expect(slot.step(record, except: [], at: Self.now) == .use(token))
            #expect(slot.step(record, except: [Secret("other")], at: Self.now) == .use(token))
        }
    }

    @Test func refusedTokenIsNotUsed() {
        let record = TokenRecord(token: token, fetchAfter: Self.now.advanced(by: 5))
        #expect(slot.step(record, except: [Secret("a"), Secret("b")], at: Self.now) == .wait(5))
    }

    @Test(arguments: [(3600.0, 0.0), (3600, 7200), (-120, 0), (.nan, 0), (100, .nan)])
    func deadFutureOrDamagedTokenIsNotUsed(age: Double, later: Double) {
        let token = Token(value: Secret("a"), generation: 1, fetched: Self.now.advanced(by: -age), ttl: 3600)
        #expect(slot.step(TokenRecord(token: token), except: [], at: Self.now.advanced(by: later)) == .reserve)
    }

    @Test func reservationOutlivesTheCallByTheInterval() {
        #expect(slot.reservedUntil(from: .past).wall >= TokenSlot.requestTime + 60)
        #expect(slot.next(after: .past).wall > 60)
    }

    @Test(arguments: [(0.0, 10.0), (4, 6), (-3, 10), (9, 1), (9.5, nil), (3600, nil)] as [(Double, Double?)])
    func lateCallIsShortenedOrNotMade(elapsed: Double, time: Double?) {
        #expect(TokenSlot.requestTime(elapsed: elapsed) == time)
    }

    // MARK: Two clocks

    private func moment(wall: Double, boot: String = "b", uptime: Double) -> Moment {
        Moment(wall: Self.wall + wall, uptime: Moment.Uptime(bootID: boot, seconds: uptime))
    }

    @Test(arguments: [-86_400, -3600, -100, -1, 0, 1, 100, 3600, 86_400] as [Double])
    func clockOnTheWallDecidesNothingWithinOneStartOfTheMachine(step: Double) {
        let end = moment(wall: 60, uptime: 1060)
        #expect(slot.step(TokenRecord(fetchAfter: end), except: [], at: moment(wall: step, uptime: 1000)) == .wait(60))
        #expect(slot.step(TokenRecord(fetchAfter: end), except: [], at: moment(wall: step, uptime: 1060)) == .reserve)
        let token = Token(value: Secret("a"), generation: 1, fetched: moment(wall: 0, uptime: 1000), ttl: 60)
        let record = TokenRecord(token: token)
        #expect(slot.step(record, except: [], at: moment(wall: step, uptime: 1059)) == .use(token))
        #expect(slot.step(record, except: [], at: moment(wall: step, uptime: 1060)) == .reserve)
        #expect(slot.step(record, except: [], at: moment(wall: step, uptime: 999)) == .reserve, "no such moment")
    }

    struct Start: Sendable {
        /// What the clock on the wall says is left of the slot.
        let left: Double
        /// Seconds since the machine started.
        let uptime: Double
        let wait: Double
    }

    @Test(arguments: [(130.0, 70.25), (600, 70.25), (1e11, 70.25), (.infinity, 70.25), (-.infinity, 0), (.nan, 0)])
    func slotOfALongerIntervalIsWaitedForAsLongAsOnesOwn(left: Double, wait: Double) {
        let end = moment(wall: left, uptime: 1000 + left)
        let step = slot.step(TokenRecord(fetchAfter: end), except: [], at: moment(wall: 0, uptime: 1000))
        #expect(step == (wait > 0 ? .wait(wait) : .reserve))
    }

    /// What cannot be by the clock on the wall was made before the machine was started, so it is at least as old as the start.
    @Test(arguments: [
        Start(left: 50, uptime: 5, wait: 50), Start(left: 70, uptime: 40, wait: 70),
        Start(left: 71, uptime: 40, wait: 30.25), Start(left: 71, uptime: 71, wait: 0),
        Start(left: -1, uptime: 5, wait: 0), Start(left: 3600, uptime: 5, wait: 65.25),
        Start(left: 86_400, uptime: 80, wait: 0), Start(left: .nan, uptime: 80, wait: 0),
    ])
    func afterAStartOfTheMachineTheClockOnTheWallDecidesWhileItMakesSense(start: Start) {
        let end = Moment(wall: Self.wall + start.left, uptime: Moment.Uptime(bootID: "before", seconds: 9000))
        let step = slot.step(
            TokenRecord(fetchAfter: end), except: [], at: moment(wall: 0, boot: "after", uptime: start.uptime))
        #expect(step == (start.wait > 0 ? .wait(start.wait) : .reserve))
    }
}
