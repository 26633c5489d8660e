import Testing

@testable import C8Client

@Suite struct BootIdentityTests {
    private static let id = "0b1f7c0e-8d0f-4d7c-9f52-6f3ad1f0c9aa"

    @Test(
        arguments: [
            (id, "time:[4026531834]", id), (id, nil, id), (id, "time:[4026532444]", id + " time:[4026532444]"),
            (nil, "time:[4026531834]", nil), ("", nil, nil), ("0", nil, nil),
            (String(repeating: "g", count: 36), nil, nil),
        ] as [(String?, String?, String?)])
    func startOfTheMachineIsToldByTheKernel(bootID: String?, namespace: String?, expected: String?) {
        #expect(BootIdentity.identity(bootID: bootID, timeNamespace: namespace) == expected)
    }

    @Test func twoClocksOfOneProcessAreOfOneStart() {
        let (first, second) = (SystemClock().moment(), SystemClock().moment())
        #expect(first.uptime?.bootID == second.uptime?.bootID)
        #expect((0..<60).contains(second.seconds(since: first)))
    }
}
