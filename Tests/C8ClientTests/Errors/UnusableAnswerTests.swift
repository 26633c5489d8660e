import C8Client
import C8Platform
import Testing

/// An answer that says success and cannot be kept must not pass for a call that failed.
@Suite struct UnusableAnswerTests {
    @Test(
        arguments: [(Effect.read, nil), (.idempotent, .unknown), (.write, .unknown)] as [(Effect, ClientError.Outcome?)]
    )
    func writeMayHaveBeenDone(effect: Effect, outcome: ClientError.Outcome?) {
        let error = ClientError.unusable(.invalid, "cannot save x: No space", operation: "a.b", effect: effect)
        #expect(error.outcome == outcome)
        #expect(error.message.hasPrefix("a.b: cannot save x: No space"))
        #expect(error.message.contains("answered with success") == (outcome != nil))
    }
}
