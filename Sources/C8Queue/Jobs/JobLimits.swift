/// How much of a job can be queued, and which names it can have. Sizes are bytes.
package enum JobLimits {
    /// The script and the files that it requires, together.
    package static let mostScript = 4 << 20
    /// The input, the arguments, the terms and the result, each.
    package static let mostText = 1 << 20
    /// A tag, the names of the script, the profile, the application and the submitter.
    package static let mostName = 1024
    package static let priorities = -1000...1000
    package static let attempts = 1...100

    /// - Throws: ``JobQueueError/tooLong(_:count:most:)``, ``JobQueueError/badName(_:_:)``.
    package static func check(_ request: JobRequest) throws(JobQueueError) {
        let script = request.script
        let size = script.files.reduce(script.source.count) { $0 + $1.path.utf8.count + $1.bytes.count }
        guard size <= mostScript else {
            throw .tooLong("the script with the files that it requires", count: size, most: mostScript)
        }
        try check(request.input ?? "", "the input")
        try check(request.terms, "what is granted")
        let arguments = request.arguments.reduce(0) { $0 + $1.utf8.count }
        guard arguments <= mostText else { throw .tooLong("the arguments", count: arguments, most: mostText) }
        let names = [
            request.tag, script.name, script.hash, request.profile ?? "", request.application ?? "", request.submitter,
        ]
        for name in names { try checkName(name) }
        guard priorities.contains(request.priority) else {
            throw .badName(
                "\(request.priority)", "is no priority: \(priorities.lowerBound) to \(priorities.upperBound)")
        }
        guard attempts.contains(request.mostAttempts) else {
            throw .badName(
                "\(request.mostAttempts)", "is no number of attempts: \(attempts.lowerBound) to \(attempts.upperBound)")
        }
        guard request.notBefore?.isFinite != false else { throw .badName("\(request.notBefore ?? 0)", "is no time") }
    }

    /// - Throws: ``JobQueueError/tooLong(_:count:most:)`` for a result that cannot be kept.
    package static func check(_ end: JobEnd) throws(JobQueueError) { try check(end.result ?? "", "the result") }

    /// The end of a text, as much as is kept of it.
    package static func kept(_ text: String) -> String {
        guard text.utf8.count > JobRetry.keptText else { return text }
        var tail = Array(text.utf8.suffix(JobRetry.keptText))
        // Not from the middle of a character.
        if let start = tail.firstIndex(where: { $0 & 0xC0 != 0x80 }) { tail.removeFirst(start) }
        return String(decoding: tail, as: UTF8.self)
    }

    private static func check(_ text: String, _ subject: String) throws(JobQueueError) {
        let count = text.utf8.count
        guard count <= mostText else { throw .tooLong(subject, count: count, most: mostText) }
        // Neither does JSON have it, nor text of PostgreSQL.
        guard !text.utf8.contains(0) else { throw .badName(subject, "holds a zero byte") }
    }

    private static func checkName(_ name: String) throws(JobQueueError) {
        guard name.utf8.count <= mostName else { throw .badName(name, "must have at most \(mostName) bytes") }
        guard !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .badName(name, "must have no control characters")
        }
    }
}
