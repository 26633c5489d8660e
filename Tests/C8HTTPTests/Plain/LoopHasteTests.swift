import Testing

@testable import C8HTTP

@Suite struct LoopHasteTests {
    @Test func loopSleepsForAnswersThatTakeLong() {
        var haste = LoopHaste()
        #expect(haste.limit() == 0)
        for _ in 0..<20 { haste.waited(5_000_000) }
        #expect(haste.limit() == 0)
    }

    @Test func loopStaysAwakeForAnswersThatComeAtOnce() {
        var haste = LoopHaste()
        for _ in 0..<20 { haste.waited(20_000) }
        #expect((20_000...60_000).contains(haste.limit()))
        for _ in 0..<20 { haste.waited(1_000_000) }
        #expect(haste.limit() == 0)
    }

    @Test func whatIsWatchedInVainIsWatchedLessAndLess() {
        var haste = LoopHaste()
        for _ in 0..<20 { haste.waited(20_000) }
        var watched = 0
        for _ in 0..<1000 where haste.limit() > 0 {
            watched += 1
            haste.waitedInVain()
        }
        #expect((2...12).contains(watched))
    }

    @Test func oneAnswerAfterAVainWatchDoesNotEndTheRest() {
        var haste = LoopHaste()
        for _ in 0..<20 { haste.waited(20_000) }
        haste.waitedInVain()
        #expect(haste.limit() == 0)
        #expect(haste.limit() > 0)
    }
}
