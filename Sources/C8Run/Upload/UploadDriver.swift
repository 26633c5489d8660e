import C8Client
import C8Flow
import C8Platform
import Logging
import LuaRuntime

/// Does what ``UploadState`` decides: reads, sends, asks the script, and writes down how far it is.
actor UploadDriver {
    private enum Event: Sendable {
        case upload(UploadEvent)
        case read(UploadPart?)
        case broke(any Error)
        case saveIsDue
    }

    /// How far an upload is whose batches may be sent again is not written down after each of them: a kill costs at most
    /// those that were answered since, which are sent again.
    private static let saveInterval = Duration.milliseconds(25)

    /// How an upload ends that does not go to its end.
    enum Ending: Error {
        case stopped(UploadStop, UploadCheckpoint, last: ClientError?, errors: [UploadSlice: ClientError])
        /// How far it is could not be written down.
        case unkept(FlowError)
    }

    private let request: UploadRequest
    private let call: UploadCall
    private let source: any UploadSource
    private let place: UploadPlace?
    private let progress: ProgressLine
    private let script: ScriptReference
    private let report: UploadReport
    private var state: UploadState

    private var batches: [Int: Batch] = [:]
    /// Rows left out on the way to a batch, until it is known whether an earlier run has told of them.
    private var leftOut: [Int: [RejectedRow]] = [:]
    private var readsWanted = 0
    private var isReading = false
    private var lastError: ClientError?
    /// What the last requests of slices failed with.
    private var errors: [UploadSlice: ClientError] = [:]
    /// What is left of the list of actions that is being performed.
    private var unperformed: ArraySlice<UploadAction> = []
    private var reading: Task<Void, Never>?
    private var asking: Task<Void, Never>?
    /// When requests were sent, by the monotonic clock.
    private var sentAt: [UploadSlice: Double] = [:]
    private let clock: any ClientClock
    /// When the last request of an earlier run was about to be sent, or this run began.
    private let lastSentAt: Double

    private var waking: Task<Void, Never>?
    /// When the journal was last told how far it is, and what will tell it what has come since.
    private var savedAt: ContinuousClock.Instant?
    private var saving: Task<Void, Never>?

    private let tell = EventInbox<Event>()

    /// - Parameters:
    ///   - checkpoint: what an earlier run left.
    ///   - age: how many seconds ago that run was about to send its last request.
    init(
        _ request: UploadRequest, call: UploadCall, source: any UploadSource, checkpoint: UploadCheckpoint?,
        age: Double = 0,
        place: UploadPlace?, report: UploadReport, progress: ProgressLine, script: ScriptReference,
        clock: any ClientClock = SystemClock()
    ) throws(UploadError) {
        try checkpoint?.check(input: source.identity, plan: request.plan)
        self.request = request
        self.call = call
        self.source = source
        self.place = place
        self.report = report
        self.progress = progress
        self.script = script
        self.clock = clock
        lastSentAt = clock.monotonic() - age
        state = UploadState(
            UploadConfiguration(
                effect: call.binding.effect, concurrency: request.concurrency, canVerify: request.verify != nil),
            checkpoint: checkpoint ?? UploadCheckpoint(input: source.identity, plan: request.plan))
    }

    /// Uploads everything. Cancelled, it waits for what is under way and writes down how far it came.
    ///
    /// - Throws: ``Ending``, and what reading, the script's functions or the journal throw.
    func run() async throws -> UploadSummary {
        // What goes on when the script is stopped must not end with it.
        let work = Task {
            do {
                return try await self.loop()
            } catch {
                throw place?.run.journalFailure.map(Ending.unkept) ?? error
            }
        }
        return try await withTaskCancellationHandler {
            try await work.value
        } onCancel: {
            tell.yield(.upload(.cancelled))
        }
    }

    private func loop() async throws -> UploadSummary {
        defer {
            for task in [waking, reading, asking, saving] { task?.cancel() }
            tell.finish()
        }
        var failure: (any Error)?
        if let summary = try await perform(state.begin(at: now)) { return summary }
        for await _ in tell.signals {
            // What came while the journal was written is written next at one go.
            var actions: [UploadAction] = []
            var isSaveDue = false
            for event in tell.take() {
                if case .broke(let error) = event { failure = failure ?? error }
                if case .saveIsDue = event {
                    isSaveDue = true
                    continue
                }
                actions += state.handle(next(event), at: now)
            }
            do {
                if let summary = try await perform(actions) { return summary }
                if isSaveDue, saving != nil { try await save(isLight: true) }
            } catch let ending as Ending {
                throw failure ?? ending
            } catch {
                failure = failure ?? error
                try giveUp(unperformed, because: failure ?? error)
            }
        }
        throw failure ?? CancellationError()
    }

    private func next(_ event: Event) -> UploadEvent {
        switch event {
        case .upload(let event):
            if case .answered(let slice, _) = event {
                sentAt[slice] = nil
                errors[slice] = nil
            }
            return event
        case .read(let part): return noteRead(part)
        case .broke, .saveIsDue: return .cancelled
        }
    }

    /// An action has failed: the upload ends, and what was to follow it does not happen.
    private func giveUp(_ rest: ArraySlice<UploadAction>, because failure: any Error) throws {
        tell.yield(.upload(.cancelled))
        readsWanted = 0
        reading?.cancel()
        for action in rest {
            switch action {
            case .send(let slice): tell.yield(.upload(.failed(slice, .notSent)))
            case .askVerify(let slice): tell.yield(.upload(.verified(slice, happened: nil)))
            case .finish, .stop: throw failure
            default: break
            }
        }
    }

    private var now: Double { clock.monotonic() }

    /// - Returns: the summary, once all is done.
    private func perform(_ actions: [UploadAction]) async throws -> UploadSummary? {
        var isSaved = false
        // One writing serves for all of the list. Of a batch that is done, a power cut may lose the line: it is then in
        // doubt, which is the safe side. Of one that is about to be sent, it may not.
        let isLight = !actions.contains { action in
            switch action {
            case .journalStart, .journalDone([]): true
            default: false
            }
        }
        if let place, actions.contains(where: { if case .journalStart = $0 { true } else { false } }) {
            state.noteSending(at: place.run.time)
        }
        unperformed = actions[...]
        try await reportLeftOut(before: actions)
        // Before the journal says that a batch is done, as above.
        for case .report(let number, let rejections) in actions {
            guard let batch = batches[number] else { continue }
            try await report.add(rejections.map(batch.row))
        }
        for (index, action) in actions.enumerated() {
            unperformed = actions[(index + 1)...]
            switch action {
            case .read(let count):
                readsWanted += count
                readOn()
            case .journalStart, .journalDone:
                if !isSaved, !isLight || !mayWait() { try await save(isLight: isLight) }
                isSaved = true
            case .send(let slice): send(slice)
            case .askVerify(let slice): ask(slice)
            case .report: break
            case .release(let number, let wasSkipped):
                try await release(number, wasSkipped: wasSkipped)
            case .wake(let time): wake(at: time)
            case .finish(let summary):
                progress.finish()
                return summary
            case .stop(let stop):
                progress.finish()
                throw Ending.stopped(stop, state.checkpoint, last: lastError, errors: errors)
            }
        }
        return nil
    }

    private func save(isLight: Bool) async throws {
        guard let place else { return }
        saving?.cancel()
        saving = nil
        savedAt = .now
        try await place.save(state.checkpoint, isLight: isLight)
    }

    /// Whether it is too early to write down again that batches are done; it is then done later.
    private func mayWait() -> Bool {
        guard place != nil, call.binding.effect != .write, let savedAt else { return false }
        if saving != nil { return true }
        let due = savedAt + Self.saveInterval
        guard due > .now else { return false }
        saving = Task { [tell] in
            guard (try? await Task.sleep(until: due)) != nil else { return }
            tell.yield(.saveIsDue)
        }
        return true
    }

    /// Told before the journal says that their batch is done: a kill in between tells them twice, and never not at all.
    private func reportLeftOut(before actions: [UploadAction]) async throws {
        for action in actions {
            switch action {
            case .journalDone(let done):
                for number in done { try await report.add(leftOut.removeValue(forKey: number) ?? []) }
            case .release(let number, wasSkipped: true): leftOut[number] = nil
            case .finish:
                for number in leftOut.keys.sorted() { try await report.add(leftOut.removeValue(forKey: number) ?? []) }
            default: break
            }
        }
    }

    // MARK: - Reading

    private func readOn() {
        guard !isReading, readsWanted > 0 else { return }
        isReading = true
        reading = Task { [source, tell, progress] in
            do {
                let part = try await source.next()
                progress.expect(await source.estimatedRows().map(Double.init))
                tell.yield(.read(part))
            } catch {
                tell.yield(.broke(error))
            }
        }
    }

    private func noteRead(_ part: UploadPart?) -> UploadEvent {
        isReading = false
        guard let part else {
            readsWanted = 0
            return .inputEnded(skipped: .none)
        }
        guard let batch = part.batch else {
            // Rows left out behind the last batch.
            leftOut[.max, default: []] += part.leftOut
            readsWanted = 0
            return .inputEnded(skipped: part.skipped)
        }
        readsWanted -= 1
        batches[batch.number] = batch
        if !part.leftOut.isEmpty { leftOut[batch.number] = part.leftOut }
        readOn()
        return .batchRead(batch.identity, skipped: part.skipped)
    }

    private func release(_ number: Int, wasSkipped: Bool) async throws {
        let rows = batches.removeValue(forKey: number)?.count ?? 0
        let told = leftOut.removeValue(forKey: number) ?? []
        if !wasSkipped { try await report.add(told) }
        progress.advance(Double(rows), isNew: !wasSkipped)
    }

    // MARK: - Sending

    private func send(_ slice: UploadSlice) {
        guard let batch = batches[slice.batch] else { return }
        if request.verify != nil { sentAt[slice] = now }
        Task { [call, tell] in
            do throws(ClientError) {
                let answer = try await call.send(slice, of: batch)
                tell.yield(.upload(.answered(slice, answer)))
            } catch {
                self.note(error, of: slice)
                tell.yield(.upload(.failed(slice, UploadFailure(error))))
            }
        }
    }

    private func note(_ error: ClientError, of slice: UploadSlice) {
        lastError = error
        errors[slice] = error
    }

    private func ask(_ slice: UploadSlice) {
        guard let batch = batches[slice.batch], let verify = request.verify else { return }
        let values = slice.rows.map { batch.value(at: $0) }
        let first = batch.lines[slice.rows.lowerBound]
        let last = batch.lines[slice.rows.upperBound - 1]
        let left = SettleTime.seconds - (now - (sentAt.removeValue(forKey: slice) ?? lastSentAt))
        asking = Task { [script, tell, clock] in
            do {
                let known = LuaTable(fields: [
                    ("batch", .integer(Int64(slice.batch) + 1)), ("first_line", .integer(Int64(first))),
                    ("last_line", .integer(Int64(last))),
                ])
                let list = LuaTable(array: values.map { .string($0) })
                var happened = try await Self.ask(verify, [.table(list), .table(known)], script)
                if !happened, left > 0 {
                    try await clock.sleep(seconds: left)
                    happened = try await Self.ask(verify, [.table(list), .table(known)], script)
                }
                tell.yield(.upload(.verified(slice, happened: happened)))
            } catch {
                self.noteVerify(error, of: slice)
                tell.yield(.upload(.verified(slice, happened: nil)))
            }
        }
    }

    /// Whether it happened is as unknown as before. Where that is written down, the upload goes on as without `verify`.
    private func noteVerify(_ problem: any Error, of slice: UploadSlice) {
        guard place != nil, !(problem is CancellationError) else {
            tell.yield(.broke(problem))
            return
        }
        let text = (problem as? any LuaErrorConvertible)?.luaMessage ?? "\(problem)"
        var error = errors[slice] ?? ClientError(kind: .invalid, message: UploadPlace.noReason, outcome: .unknown)
        error.message += "; its verify, which was asked, failed: \(text)"
        errors[slice] = error
    }

    private static func ask(
        _ verify: LuaFunction, _ arguments: [LuaValue], _ script: ScriptReference
    ) async throws -> Bool {
        switch try await script.get().callBack(verify, arguments).first {
        case nil, .nil?, .boolean(false)?, .null?: false
        default: true
        }
    }

    private func wake(at time: Double) {
        waking?.cancel()
        let seconds = max(0, time - now)
        waking = Task { [tell, clock] in
            guard (try? await clock.sleep(seconds: seconds)) != nil else { return }
            tell.yield(.upload(.woke))
        }
    }
}
