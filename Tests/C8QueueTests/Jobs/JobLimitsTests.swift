import C8Queue
import Testing

@Suite struct JobLimitsTests {
    @Test func theEndOfALongTextIsKeptFromTheBeginningOfACharacter() {
        #expect(JobLimits.kept("short") == "short")
        for lead in 0..<4 {
            let kept = JobLimits.kept(String(repeating: "a", count: lead) + String(repeating: "😀", count: 20_000))
            #expect(kept.utf8.count <= JobRetry.keptText && kept.utf8.count > JobRetry.keptText - 4)
            #expect(kept.unicodeScalars.allSatisfy { $0 == "😀" })
        }
    }

    @Test func theLargestThatMayBeIsTaken() throws {
        let id = try JobID("a")
        let script = JobScript(name: "a", source: [UInt8](repeating: 0, count: JobLimits.mostScript), hash: "h")
        try JobLimits.check(JobRequest(id: id, script: script))
        var larger = script
        larger.files = [.init(path: "x", bytes: [])]
        #expect(
            throws: JobQueueError.tooLong(
                "the script with the files that it requires", count: (4 << 20) + 1, most: 4 << 20)
        ) {
            try JobLimits.check(JobRequest(id: id, script: larger))
        }
    }
}
