extension JobSchedule {
    /// Bytes of a schedule's id, at most: those of its jobs are longer.
    package static let mostIDBytes = JobID.mostBytes - 22
    /// How far back the last of many firings is looked for that nobody was there for, in seconds: as short a time as has one.
    private static let windows: [Double] = [3600, 86400, 32 * 86400, 367 * 86400]

    /// - Throws: ``JobQueueError/badName(_:_:)``, ``JobQueueError/tooLong(_:count:most:)``.
    package func check() throws(JobQueueError) {
        try JobLimits.check(request)
        guard request.id.text.utf8.count <= Self.mostIDBytes else {
            throw .badName(request.id.text, "must have at most \(Self.mostIDBytes) bytes, as the id of a schedule")
        }
        guard nextAt.isFinite else { throw .badName(expression, "never fires") }
    }

    /// Whether the other is the very same but for what has become of it.
    package func isSame(as other: JobSchedule) -> Bool {
        request.isSame(as: other.request) && expression == other.expression && zone == other.zone
            && request.tag == other.request.tag && request.priority == other.request.priority
            && request.mostAttempts == other.request.mostAttempts && request.application == other.request.application
    }

    /// What is due, if its time has come: of the firings that nobody was there for only the last.
    ///
    /// - Parameter next: the first moment of this schedule after one given.
    /// - Returns: nil before its time, and where there is no further one.
    /// - Throws: ``JobQueueError/badName(_:_:)`` where the id is too long for its jobs.
    package func firing(
        at now: Double, next: (_ after: Double) -> Double?
    ) throws(JobQueueError) -> JobFiring? {
        guard nextAt <= now else { return nil }
        var moment = nextAt
        for window in Self.windows where now - window > nextAt {
            guard let found = next(now - window), found <= now else { continue }
            moment = found
            break
        }
        while let following = next(moment), following > moment {
            guard following <= now else { return try firing(of: moment, nextAt: following) }
            moment = following
        }
        return nil
    }

    private func firing(of moment: Double, nextAt: Double) throws(JobQueueError) -> JobFiring {
        var request = request
        request.id = try JobID("\(request.id.text)@\(CivilDate.text(of: moment))")
        request.notBefore = nil
        return JobFiring(request: request, moment: moment, nextAt: nextAt)
    }
}
