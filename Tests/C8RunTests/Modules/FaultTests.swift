import C8Emulator
import C8Platform
import Testing

/// Every fault with every effect: what a write's error says is what the platform did, and no write is done twice.
struct FaultTests {
    /// What a write that fails must say; nil where the call succeeds.
    struct Case: Sendable, CustomTestStringConvertible {
        let fault: Fault
        let outcome: String?
        /// Whether the platform did what was asked, which `outcome` must not deny.
        let isDone: Bool
        var testDescription: String { "\(fault.kind)" }
    }

    static let cases = [
        Case(fault: Fault(.cutRequest, times: 1), outcome: "unknown", isDone: false),
        Case(fault: Fault(.cutBefore, times: 1), outcome: "unknown", isDone: false),
        Case(fault: Fault(.cutAfter, times: 1), outcome: "unknown", isDone: true),
        Case(fault: Fault(.cutAnswer, times: 1), outcome: "unknown", isDone: true),
        Case(fault: Fault(.delay(0.05), times: 1), outcome: nil, isDone: true),
        Case(fault: Fault(.slow(0.05), times: 1), outcome: nil, isDone: true),
        Case(fault: Fault(.status(429), times: 1), outcome: "rejected", isDone: false),
        Case(fault: Fault(.status(400), times: 1), outcome: "unknown", isDone: false),
        Case(fault: Fault(.statusAfter(404), times: 1), outcome: "unknown", isDone: true),
        Case(fault: Fault(.status(500), times: 1), outcome: "unknown", isDone: false),
        Case(fault: Fault(.status(503), times: 1), outcome: "unknown", isDone: false),
        Case(fault: Fault(.statusAfter(502), times: 1), outcome: "unknown", isDone: true),
        Case(fault: Fault(.statusAfter(504), times: 1), outcome: "unknown", isDone: true),
        Case(fault: Fault(.envelope(.html), times: 1), outcome: "unknown", isDone: true),
        Case(fault: Fault(.envelope(.empty), times: 1), outcome: "unknown", isDone: true),
        Case(fault: Fault(.envelope(.truncated), times: 1), outcome: "unknown", isDone: true),
        Case(fault: Fault(.envelope(.codeless), times: 1), outcome: "unknown", isDone: true),
        Case(fault: Fault(.envelope(.textCode), times: 1), outcome: nil, isDone: true),
        Case(fault: Fault(.envelope(.extra), times: 1), outcome: nil, isDone: true),
        Case(fault: Fault(.envelope(.bom), times: 1), outcome: nil, isDone: true),
    ]

    private static let create: OperationID = "production.orders.create"

    @Test(arguments: cases)
    func writeSaysWhatIsKnownAndIsSentOnce(_ one: Case) async throws {
        let outcome = try await PlatformScript(faults: [one.fault]).run(
            """
            local ok, e = pcall(c8.production.orders.create, {orderNo = "Q", productCode = "S", quantity = 1})
            print(ok, not ok and e.outcome)
            """)
        #expect(outcome.printed == one.outcome.map { "false\t\($0)\n" } ?? "true\tfalse\n")
        let sent = outcome.records.filter { $0.operation == Self.create }
        #expect(sent.count == 1)
        #expect(sent.filter(\.isPerformed).count == (one.isDone ? 1 : 0))
    }

    /// Reads have their answer whatever happened once, but for answers that say the request is wrong.
    @Test(arguments: cases)
    func readHasItsAnswerAfterAll(_ one: Case) async throws {
        var fault = one.fault
        fault.operation = "production.orders.get"
        let outcome = try await PlatformScript(faults: [fault]).run(
            """
            c8.production.orders.create{orderNo = "Q", productCode = "S", quantity = 1}
            local ok, e = pcall(c8.production.orders.get, {orderNo = "Q"})
            print(ok and e.orderNo or e.kind, not ok and e.outcome)
            """)
        switch one.fault.kind {
        case .status(400), .status(500), .statusAfter(404), .envelope(.html), .envelope(.empty), .envelope(.truncated),
            .envelope(.codeless):
            #expect(outcome.printed.hasPrefix("http\t"), "\(outcome.printed)")
        default:
            #expect(outcome.printed == "Q\tfalse\n")
        }
    }

    /// A refused token was refused by a gateway: nothing was done, and everything may be sent again.
    @Test(arguments: FaultKind.TokenFault.allCases)
    func refusedTokenIsReplacedWhateverTheEffect(_ way: FaultKind.TokenFault) async throws {
        let faults = [
            Fault(.token(way), on: Self.create.rawValue, times: 1),
            Fault(.token(way), on: "production.orders.get", times: 1),
        ]
        let outcome = try await PlatformScript(faults: faults, tokenInterval: .zero).run(
            """
            c8.production.orders.create{orderNo = "Q", productCode = "S", quantity = 1}
            print(c8.production.orders.get{orderNo = "Q"}.orderNo)
            """)
        #expect(outcome.printed == "Q\n")
        #expect(outcome.records.filter { $0.operation == Self.create && $0.isPerformed }.count == 1)
        #expect(outcome.calls[Self.create] == 2)
        #expect(outcome.calls["auth.get_token"] == 3)
    }

    /// A call that a script does not wait for any more: its late answer is nobody else's.
    @Test func theAnswerOfACallThatWasGivenUpIsNotTheNextOnes() async throws {
        let outcome = try await PlatformScript(faults: [Fault(.delay(0.6), on: "production.orders.get", times: 1)]).run(
            """
            local task = require "c8.task"
            for _, number in ipairs{"Q1", "Q2"} do
              c8.production.orders.create{orderNo = number, productCode = "S", quantity = 1}
            end
            local ok, e = pcall(task.timeout, 0.1, c8.production.orders.get, {orderNo = "Q1"})
            print(ok, e.kind)
            print(c8.production.orders.get{orderNo = "Q2"}.orderNo)
            task.sleep(0.7)
            print(c8.production.orders.get{orderNo = "Q2"}.orderNo)
            """)
        #expect(outcome.printed == "false\ttimeout\nQ2\nQ2\n")
    }

    /// A write whose time is over is carried to its end, once, and its task is told how it ended.
    @Test func aWriteThatWasGivenUpIsCarriedToItsEnd() async throws {
        let outcome = try await PlatformScript(faults: [Fault(.delay(0.4), on: Self.create.rawValue, times: 1)]).run(
            """
            local task = require "c8.task"
            print((pcall(task.timeout, 0.1, c8.production.orders.create,
              {orderNo = "Q", productCode = "S", quantity = 1})))
            print(c8.production.orders.get{orderNo = "Q"}.orderNo)
            """)
        #expect(outcome.printed == "true\nQ\n")
        #expect(outcome.records.filter { $0.operation == Self.create && $0.isPerformed }.count == 1)
    }
}
