import Testing

@testable import C8RunCLI

@Suite struct ExitCodeTests {
    /// The table of the user's documentation.
    @Test(
        arguments: [
            (.done, 0), (.scriptError, 1), (.usage, 64), (.compile, 65), (.unreadable, 66), (.unavailable, 69),
            (.internalError, 70), (.denied, 77), (.configuration, 78), (.timeLimit, 124), (.memoryLimit, 137),
            (.interrupted, 130), (.terminated, 143), (.hungUp, 129),
        ] as [(ExitCode, Int32)])
    func everyEndHasItsCode(_ end: ExitCode, _ number: Int32) {
        #expect(end.number == number)
    }

    @Test(arguments: StopSignal.allCases)
    func signalGivesTheShellsCode(_ signal: StopSignal) {
        #expect(ExitCode(stoppedBy: signal).number == 128 + signal.rawValue)
    }
}
