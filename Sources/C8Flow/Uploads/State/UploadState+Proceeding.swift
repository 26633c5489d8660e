// What can be done next, after each event.

extension UploadState {
    mutating func proceed(at now: Double, _ actions: inout [UploadAction]) {
        abandonBatches(&actions)
        if stopping == nil {
            send(at: now, &actions)
            verify(&actions)
            read(&actions)
            if hasInputEnded, held.isEmpty {
                if checkpoint.inDoubt.isEmpty {
                    isOver = true
                    actions.append(.journalDone([]))
                    actions.append(.finish(summary))
                    return
                }
                end(.inDoubt(checkpoint.inDoubt))
            }
        }
        if stopping != nil {
            stop(&actions)
        } else {
            wake(at: now, &actions)
        }
    }

    /// Ends once nothing is under way.
    private mutating func stop(_ actions: inout [UploadAction]) {
        guard let reason = stopping, flying.isEmpty, asking == nil else { return }
        isOver = true
        // The rows that showed it are not to blame; they are sent again once the upload is mended.
        if case .wholesale = reason, !rejections.hasAccepted { checkpoint.forgetRejections() }
        actions.append(.journalDone([]))
        // Others may have come into doubt since.
        if case .inDoubt = reason {
            actions.append(.stop(.inDoubt(checkpoint.inDoubt)))
        } else {
            actions.append(.stop(reason))
        }
    }

    private mutating func send(at now: Double, _ actions: inout [UploadAction]) {
        var slices: [UploadSlice] = []
        while limit.room(at: now) > 0, let next = nextWaiting(at: now) {
            let chosen = waiting.remove(at: next)
            guard let identity = held[chosen.slice.batch] else { continue }
            checkpoint.begin(chosen.slice, of: identity, isDoubtful: !configuration.isRepeatable)
            if chosen.triedAt > -.infinity { checkpoint.summary.retries += 1 }
            var tried = chosen
            tried.triedAt = now
            flying[chosen.slice] = Flight(ticket: limit.start(at: now), waiting: tried)
            slices.append(chosen.slice)
        }
        guard !slices.isEmpty else { return }
        if !configuration.isRepeatable {
            var numbers: [Int] = []
            for slice in slices where !numbers.contains(slice.batch) { numbers.append(slice.batch) }
            actions.append(.journalStart(numbers))
        }
        actions += slices.map { .send($0) }
    }

    /// The first in the input's order of those that may start now.
    private func nextWaiting(at now: Double) -> Int? {
        var best: Int?
        for (index, candidate) in waiting.enumerated() {
            guard candidate.notBefore <= now, rejections.mayStart(candidate.slice) else { continue }
            if let best, !Self.isBefore(candidate.slice, waiting[best].slice) { continue }
            best = index
        }
        return best
    }

    private static func isBefore(_ left: UploadSlice, _ right: UploadSlice) -> Bool {
        (left.batch, left.rows.lowerBound) < (right.batch, right.rows.lowerBound)
    }

    /// One question at a time: `verify` is a function of the script.
    private mutating func verify(_ actions: inout [UploadAction]) {
        guard asking == nil, !doubts.isEmpty else { return }
        let next = doubts.removeFirst()
        asking = next
        actions.append(.askVerify(next.slice))
    }

    private mutating func read(_ actions: inout [UploadAction]) {
        let wanted = configuration.heldBatches - held.count - requestedReads
        guard !hasInputEnded, wanted > 0 else { return }
        requestedReads += wanted
        actions.append(.read(wanted))
    }

    /// Forgets batches of which nothing is left but requests in doubt. Too many of these end the upload.
    private mutating func abandonBatches(_ actions: inout [UploadAction]) {
        let doubtful = held.keys.filter { !(checkpoint.open[$0]?.inDoubt.isEmpty ?? true) }.sorted()
        guard !doubtful.isEmpty else { return }
        var busy = Set(waiting.map(\.slice.batch))
        busy.formUnion(doubts.map(\.slice.batch))
        busy.formUnion(flying.keys.map(\.batch))
        if let asking { busy.insert(asking.slice.batch) }
        for number in doubtful where !busy.contains(number) {
            held[number] = nil
            abandoned += 1
            actions.append(.release(batch: number, wasSkipped: false))
        }
        if abandoned >= configuration.concurrency { end(.inDoubt(checkpoint.inDoubt)) }
    }

    /// Asks to be woken for what only time stands in the way of.
    private mutating func wake(at now: Double, _ actions: inout [UploadAction]) {
        var times = waiting.filter { $0.notBefore > now && rejections.mayStart($0.slice) }.map(\.notBefore)
        if waiting.contains(where: { $0.notBefore <= now }), let opens = limit.opens(after: now) { times.append(opens) }
        guard let earliest = times.min() else { return }
        if let wakeTime, wakeTime <= earliest, wakeTime > now { return }
        wakeTime = earliest
        actions.append(.wake(at: earliest))
    }
}
