import C8Sandbox
import Glibc
import Testing

@Suite struct HelperProcessTests {
    @Test func helperDoesWhatTheWallForbids() async {
        await #expect(processExitsWith: .success) {
            let helper = try HelperProcess.start { Array("\(Probe.spawn("/bin/true"))".utf8) }
            _ = KernelWall().apply()
            // Two questions, two answers.
            for _ in 1...2 { #expect(try helper.ask() == Array("0".utf8)) }
        }
    }

    @Test func longAnswersArriveWhole() async {
        await #expect(processExitsWith: .success) {
            let helper = try HelperProcess.start { [UInt8](repeating: 7, count: 3_000_000) }
            #expect(try helper.ask().count == 3_000_000)
        }
    }

    @Test func helperThatIsGoneIsAnError() async {
        await #expect(processExitsWith: .success) {
            let helper = try HelperProcess.start { _exit(3) }
            #expect(throws: HelperProcess.Failure.self) { try helper.ask() }
        }
    }

    @Test func helperEndsWithItsOwner() async {
        await #expect(processExitsWith: .success) {
            var helper: HelperProcess? = try HelperProcess.start { Array("\(getpid())".utf8) }
            let child = try Int32(String(decoding: helper?.ask() ?? [], as: UTF8.self)) ?? 0
            #expect(child > 0)
            helper = nil
            var status: Int32 = 0
            // Returns when the helper has ended; the test's time limit is what fails it otherwise.
            #expect(waitpid(child, &status, 0) == child)
        }
    }
}
