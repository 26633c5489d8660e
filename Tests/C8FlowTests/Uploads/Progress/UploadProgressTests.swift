import Testing

@testable import C8Flow

@Suite struct UploadProgressTests {
    @Test func rateAndRestOfASteadyUpload() throws {
        var progress = UploadProgress(total: 100_000, at: 0)
        #expect(progress.rate == nil && progress.remaining == nil)
        for second in 1...30 { progress.add(1000, at: Double(second)) }
        let rate = try #require(progress.rate)
        #expect(abs(rate - 1000) < 1)
        #expect(abs((progress.remaining ?? 0) - 70) < 1)
        #expect(progress.fraction == 0.3)
    }

    @Test func rateIsRightFromTheFirstSecond() throws {
        var progress = UploadProgress(total: nil, at: 5)
        progress.add(500, at: 5.1)
        progress.add(500, at: 6)
        #expect(abs(try #require(progress.rate) - 1000) < 1)
        #expect(progress.remaining == nil && progress.fraction == nil)
    }

    @Test func rateFollowsWithinSeconds() throws {
        var progress = UploadProgress(total: 1e6, at: 0)
        for second in 1...60 { progress.add(1000, at: Double(second)) }
        for second in 61...90 { progress.add(100, at: Double(second)) }
        #expect((100...160).contains(try #require(progress.rate)))
    }

    @Test func manyCallsInAMomentCountAsOne() throws {
        var progress = UploadProgress(total: nil, at: 0)
        for call in 1...10_000 { progress.add(1, at: Double(call) / 1000) }
        #expect((950...1050).contains(try #require(progress.rate)))
    }

    @Test func whatAnEarlierRunDidIsDoneButNotFast() throws {
        var progress = UploadProgress(total: 2000, at: 0)
        progress.skip(1000)
        progress.add(100, at: 1)
        #expect(progress.done == 1100)
        #expect(abs(try #require(progress.rate) - 100) < 1)
    }

    @Test func stalledUploadHasNoEnd() throws {
        var progress = UploadProgress(total: 10, at: 0)
        progress.add(0, at: 10)
        #expect(progress.rate == 0 && progress.remaining == nil)
        progress.add(20, at: 20)
        #expect(progress.remaining == 0 && progress.fraction == 1)
        #expect(UploadProgress(total: 0, at: 0).fraction == 1)
    }

    @Test func clockThatStandsOrGoesBackDoesNoHarm() {
        var progress = UploadProgress(total: 10, at: 5)
        progress.add(1, at: 5)
        progress.add(1, at: 4)
        #expect(progress.rate == nil && progress.done == 2)
    }

    @Test func summaryCountsEachRowOnce() {
        var summary = UploadSummary()
        summary.add(BatchAnswer(accepted: 5, rejected: 2, duplicate: 1))
        summary.add(SkippedRows(invalid: 3, duplicate: 4))
        #expect(summary.sent == 8 && summary.accepted == 5 && summary.rejected == 5 && summary.duplicate == 5)
    }
}
