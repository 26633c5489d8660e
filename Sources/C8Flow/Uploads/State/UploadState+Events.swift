// What each event changes.

extension UploadState {
    mutating func batchRead(_ identity: BatchIdentity, _ skipped: SkippedRows, _ actions: inout [UploadAction]) {
        requestedReads = max(0, requestedReads - 1)
        self.skipped.invalid += skipped.invalid
        self.skipped.duplicate += skipped.duplicate
        let number = identity.number
        do throws(UploadError) {
            switch try resume.admit(identity) {
            case .skip:
                actions.append(.release(batch: number, wasSkipped: true))
            case .new:
                held[number] = identity
                waiting.append(WaitingSlice(slice: UploadSlice(batch: number, rows: 0..<identity.rows)))
            case .open(let open):
                held[number] = identity
                reopen(open)
            }
        } catch {
            actions.append(.release(batch: number, wasSkipped: false))
            end(.refused(error))
        }
    }

    /// Goes on with a batch that an earlier run began.
    private mutating func reopen(_ open: OpenBatch) {
        let number = open.identity.number
        var known = open.settled
        for rows in open.inDoubt {
            let slice = UploadSlice(batch: number, rows: rows)
            if configuration.isRepeatable {
                checkpoint.clear(slice)
            } else {
                known.insert(rows)
                if configuration.canVerify { doubts.append(WaitingSlice(slice: slice)) }
            }
        }
        for rows in known.gaps(upTo: open.identity.rows) {
            waiting.append(WaitingSlice(slice: UploadSlice(batch: number, rows: rows)))
        }
    }

    mutating func inputEnded(_ skipped: SkippedRows) {
        guard !hasInputEnded else { return }
        hasInputEnded = true
        requestedReads = 0
        self.skipped.invalid += skipped.invalid
        self.skipped.duplicate += skipped.duplicate
        do throws(UploadError) { try resume.end() } catch { end(.refused(error)) }
    }

    mutating func answered(
        _ slice: UploadSlice, _ answer: BatchAnswer, at now: Double, _ actions: inout [UploadAction]
    ) {
        guard let flight = flying.removeValue(forKey: slice) else { return }
        limit.end(flight.ticket, .answered, at: now)
        lastAnswer = now
        settle(slice, answer, &actions)
    }

    mutating func failed(
        _ slice: UploadSlice, _ failure: UploadFailure, at now: Double, _ actions: inout [UploadAction]
    ) {
        guard let flight = flying.removeValue(forKey: slice) else { return }
        limit.end(flight.ticket, failure.load, at: now)
        let isSettled = failure.isNotDone || configuration.isRepeatable
        if isSettled { checkpoint.clear(slice) }
        switch failure {
        case .rejected(let code, let message):
            lastAnswer = now
            rejected(slice, code, message, &actions)
            return
        case .fatal: end(.fatal(slice))
        case .notSent, .unknown, .overloaded: break
        }
        isSettled ? retry(flight, failure, at: now) : doubt(flight.waiting)
    }

    mutating func verified(_ slice: UploadSlice, _ happened: Bool?, _ actions: inout [UploadAction]) {
        guard let asked = asking, asked.slice == slice else { return }
        asking = nil
        switch happened {
        case true?: settle(slice, .accepted(slice.count), &actions)
        case false?:
            checkpoint.clear(slice)
            waiting.append(WaitingSlice(slice: slice, attempts: asked.attempts + 1, triedAt: asked.triedAt))
            if asked.attempts + 1 >= configuration.maximumAttempts {
                end(.failing(slice, attempts: asked.attempts + 1))
            }
        case nil: rejections.gaveUp(slice)
        }
    }

    private mutating func settle(_ slice: UploadSlice, _ answer: BatchAnswer, _ actions: inout [UploadAction]) {
        if answer.accepted + answer.duplicate > 0 { rejections.accepted() } else { rejections.gaveUp(slice) }
        if !answer.rows.isEmpty { actions.append(.report(batch: slice.batch, answer.rows)) }
        guard checkpoint.settle(slice, answer) else { return }
        held[slice.batch] = nil
        actions.append(.journalDone([slice.batch]))
        actions.append(.release(batch: slice.batch, wasSkipped: false))
    }

    private mutating func rejected(
        _ slice: UploadSlice, _ code: Int64?, _ message: String?, _ actions: inout [UploadAction]
    ) {
        let isWhole = held[slice.batch]?.rows == slice.count
        let verdict = rejections.rejected(slice, isWhole: isWhole, code: code)
        switch verdict {
        case .split(let slices): waiting += slices.map { WaitingSlice(slice: $0) }
        case .row(let row), .rowThenAlone(let row, _):
            if case .rowThenAlone(_, let next) = verdict { carve(next) }
            settle(row: RowRejection(index: row, code: code, message: message), slice, &actions)
        case .wholesale(let code):
            // The row stays open: a later run sends it again.
            waiting.append(WaitingSlice(slice: slice))
            end(.wholesale(code: code, message: message))
        }
    }

    private mutating func settle(row: RowRejection, _ slice: UploadSlice, _ actions: inout [UploadAction]) {
        actions.append(.report(batch: slice.batch, [row]))
        guard checkpoint.settle(slice, .rejected(row)) else { return }
        held[slice.batch] = nil
        actions.append(.journalDone([slice.batch]))
        actions.append(.release(batch: slice.batch, wasSkipped: false))
    }

    /// Takes one slice out of the waiting one that has its rows.
    private mutating func carve(_ part: UploadSlice) {
        guard
            let index = waiting.firstIndex(where: {
                $0.slice.batch == part.batch && $0.slice.rows.contains(part.rows.lowerBound)
            })
        else { return rejections.gaveUp(part) }
        let whole = waiting.remove(at: index).slice.rows
        for rows in [whole.lowerBound..<part.rows.lowerBound, part.rows, part.rows.upperBound..<whole.upperBound]
        where !rows.isEmpty {
            waiting.append(WaitingSlice(slice: UploadSlice(batch: part.batch, rows: rows)))
        }
    }

    private mutating func doubt(_ unknown: WaitingSlice) {
        if configuration.canVerify { doubts.append(unknown) } else { rejections.gaveUp(unknown.slice) }
    }

    private mutating func retry(_ flight: Flight, _ failure: UploadFailure, at now: Double) {
        var again = flight.waiting
        // Whoever is put off while others are served has not failed.
        var isCounted = true
        if case .overloaded = failure, lastAnswer > again.triedAt { isCounted = false }
        if isCounted { again.attempts += 1 }
        again.triedAt = now
        again.notBefore = now + Backoff.pause(after: max(1, again.attempts), of: again.slice)
        if again.attempts >= configuration.maximumAttempts { end(.failing(again.slice, attempts: again.attempts)) }
        waiting.append(again)
    }
}
