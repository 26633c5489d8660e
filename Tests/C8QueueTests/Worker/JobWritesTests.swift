import C8Queue
import Testing

@Suite struct JobWritesTests {
    @Test func queueIsToldBeforeTheFirstWriteAlone() {
        var writes = JobWrites()
        #expect(!writes.mayHaveWritten)
        let first = writes.begin()
        #expect(first)
        writes.noted()
        #expect(writes.mayHaveWritten)
        let second = writes.begin()
        #expect(!second)
    }

    @Test(arguments: [([true], false), ([true, true], false), ([true, false], true), ([false], true)])
    func jobHasWrittenUnlessNoneOfItsWritesTookPlace(unwritten: [Bool], mayHaveWritten: Bool) {
        var writes = JobWrites()
        for isUnwritten in unwritten {
            if writes.begin() { writes.noted() }
            writes.end(isUnwritten: isUnwritten)
        }
        #expect(writes.mayHaveWritten == mayHaveWritten)
    }

    @Test func writeThatTheQueueWasNotToldOfWasNotSent() {
        var writes = JobWrites()
        _ = writes.begin()
        writes.end(isUnwritten: true)
        #expect(!writes.mayHaveWritten)
        let isToBeTold = writes.begin()
        #expect(isToBeTold)
    }
}
