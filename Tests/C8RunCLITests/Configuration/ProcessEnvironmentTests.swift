import Glibc
import Testing

@testable import C8RunCLI

@Suite struct ProcessEnvironmentTests {
    @Test func takenVariableIsFoundButNoLongerThere() throws {
        setenv("C8RUN_TEST_TAKEN", "canary", 1)
        let bytes = try #require(getenv("C8RUN_TEST_TAKEN"))
        ProcessEnvironment.take(["C8RUN_TEST_TAKEN", "C8RUN_TEST_NEVER_SET"])
        #expect(getenv("C8RUN_TEST_TAKEN") == nil)
        #expect((0..<6).allSatisfy { bytes[$0] == 0 })
        #expect(ProcessEnvironment.lookup("C8RUN_TEST_TAKEN") == "canary")
        #expect(ProcessEnvironment.lookup("C8RUN_TEST_NEVER_SET") == nil)
    }

    @Test func emptyVariableCountsAsUnset() {
        setenv("C8RUN_TEST_EMPTY", "", 1)
        #expect(ProcessEnvironment.lookup("C8RUN_TEST_EMPTY") == nil)
    }
}
