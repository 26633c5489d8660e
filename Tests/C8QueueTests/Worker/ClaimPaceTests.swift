import C8Queue
import Testing

@Suite struct ClaimPaceTests {
    @Test func nobodyWaitsWhileThereAreJobs() {
        var pace = ClaimPace(longest: 1)
        _ = pace.next(found: 0, random: 1)
        #expect(pace.next(found: 3, random: 1) == 0)
        #expect(pace.next(found: 0, random: 1) == 0.02)
    }

    @Test func pausesGrowToTheLongestAndAreJittered() {
        var pace = ClaimPace(longest: 1)
        let pauses = (0..<10).map { _ in pace.next(found: 0, random: 1) }
        #expect(pauses.prefix(4) == [0.02, 0.04, 0.08, 0.16])
        #expect(pauses.last == 1)
        #expect(pace.next(found: 0, random: 0) == 0.75)
    }

    @Test func storeThatIsAwayIsAskedLessOften() {
        var pace = ClaimPace(longest: 1)
        let pauses = (0..<12).map { _ in pace.next(found: nil, random: 1) }
        #expect(pauses.last == 5)
        #expect(pace.next(found: 0, random: 1) == 1)
    }
}
