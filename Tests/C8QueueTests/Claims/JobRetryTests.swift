import C8Queue
import Testing

@Suite struct JobRetryTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var code: Int32
        var attempt = 1
        var hasWritten = false
        var isDrained = false
        var next: JobRetry.Next

        var testDescription: String { "exit \(code), attempt \(attempt)" }
    }

    @Test(arguments: [
        Case(code: 0, next: .ended(.done)),
        Case(code: 0, hasWritten: true, next: .ended(.done)),
        Case(code: 1, next: .ended(.failed)),
        Case(code: 65, next: .ended(.failed)),
        Case(code: 69, next: .again(after: 10)),
        Case(code: 75, attempt: 4, next: .again(after: 80)),
        Case(code: 75, attempt: 5, next: .ended(.dead)),
        Case(code: 69, hasWritten: true, next: .ended(.dead)),
        Case(code: 143, isDrained: true, next: .again(after: 0)),
        Case(code: 143, hasWritten: true, isDrained: true, next: .ended(.dead)),
    ])
    func whatCodesAreTriedAgain(_ row: Case) {
        let end = JobEnd(exitCode: row.code, hasWritten: row.hasWritten, isDrained: row.isDrained)
        #expect(JobRetry.next(after: end, attempt: row.attempt, mostAttempts: 5) == row.next)
    }

    @Test func pausesDoubleUpToAnHour() {
        #expect([1, 2, 3, 9, 10, 1000].map(JobRetry.pause) == [10, 20, 40, 2560, 3600, 3600])
    }

    @Test func aLostWorkerThatMayHaveWrittenIsNotFollowed() {
        #expect(JobRetry.nextAfterLoss(hasWritten: true, attempt: 1, mostAttempts: 5) == .ended(.dead))
        #expect(JobRetry.nextAfterLoss(hasWritten: false, attempt: 1, mostAttempts: 5) == .again(after: 0))
        #expect(JobRetry.nextAfterLoss(hasWritten: false, attempt: 5, mostAttempts: 5) == .ended(.dead))
    }
}
