import C8Platform
import Fuzzing
import Testing

@testable import C8Flow

/// An upload to a platform in memory, driven in a random order with random failures and crashes. It checks on the way
/// what ``UploadState`` promises.
struct VirtualUpload {
    /// How the platform treats a request with bad rows.
    enum Judgement: CaseIterable {
        case wholeRequest
        case eachRow
    }

    /// What is known of a row's last request.
    enum Fate {
        case never
        case notDone
        case unknown
        case done
    }

    let configuration: UploadConfiguration
    let plan: BatchPlan
    let batches: [Batch]
    let bad: Set<String>
    let judgement: Judgement
    var generator: SeededGenerator

    /// How often the platform did each row: the judge of all.
    var ledger: [String: Int] = [:]
    var fates: [String: Fate] = [:]
    var reported: [Int: Int] = [:]
    var kept: JSONValue?
    var requests = 0
    var now = 0.0
    /// Chances in a hundred.
    var failures = 30
    var crashes = 1

    /// How a run ended; nil for a crash.
    typealias Ending = UploadAction?

    /// The state of one run, gone after a crash.
    struct Run {
        var state: UploadState
        var flying: [UploadSlice] = []
        var question: UploadSlice?
        var wantedReads = 0
        var nextBatch = 0
        var held: Set<Int> = []
        var wakeAt: Double?
        var ending: UploadAction?
        var hasEnded = false
    }

    init(
        rows: Int, bad: Set<Int>, batch: Int, _ configuration: UploadConfiguration, _ judgement: Judgement, seed: UInt64
    ) {
        let values = (0..<rows).map { "row \($0)" }
        self.configuration = configuration
        self.judgement = judgement
        plan = BatchPlan(rows: batch)
        batches = C8FlowTests.batches(of: values, plan)
        self.bad = Set(bad.map { values[$0] })
        generator = SeededGenerator(seed: seed)
    }

    private func chance(_ hundredths: Int, _ generator: inout SeededGenerator) -> Bool {
        generator.number(below: 100) < hundredths
    }

    func values(_ slice: UploadSlice) -> [String] { slice.rows.map { batches[slice.batch].value(at: $0) } }

    /// Runs until the end, a stop or a crash.
    mutating func run() throws -> Ending {
        let input = InputIdentity(name: "codes.csv", size: 1, modified: 1)
        let checkpoint =
            if let kept { try UploadCheckpoint(kept) } else { UploadCheckpoint(input: input, plan: plan) }
        var run = Run(state: UploadState(configuration, checkpoint: checkpoint))
        perform(run.state.begin(at: now), &run)
        while run.ending == nil {
            now += Double(generator.number(below: 100)) / 1000
            if chance(crashes, &generator) {
                for slice in run.flying where chance(50, &generator) { take(slice) }
                return nil
            }
            guard let event = event(&run) else {
                Issue.record("stuck: \(run.state.waiting.count) wait, \(run.held.count) held")
                return nil
            }
            perform(run.state.handle(event, at: now), &run)
        }
        #expect(run.state.handle(.woke, at: now) == [])
        return run.ending
    }

    /// Something that is due, at random.
    private mutating func event(_ run: inout Run) -> UploadEvent? {
        var choices: [Int] = []
        if run.wantedReads > 0, !run.hasEnded { choices += [0, 0] }
        if !run.flying.isEmpty { choices += [1, 1, 1] }
        if run.question != nil { choices.append(2) }
        if choices.isEmpty, let wakeAt = run.wakeAt {
            now = max(now, wakeAt)
            run.wakeAt = nil
            return .woke
        }
        guard !choices.isEmpty else { return nil }
        if generator.number(below: 2000) == 0 { return .cancelled }
        switch generator.pick(choices) {
        case 0:
            run.wantedReads -= 1
            guard run.nextBatch < batches.count else {
                run.hasEnded = true
                return .inputEnded(skipped: .none)
            }
            run.nextBatch += 1
            run.held.insert(run.nextBatch - 1)
            return .batchRead(batches[run.nextBatch - 1].identity, skipped: .none)
        case 1: return finish(run.flying.remove(at: generator.number(below: run.flying.count)))
        default:
            guard let slice = run.question else { return nil }
            run.question = nil
            if chance(10, &generator) { return .verified(slice, happened: nil) }
            let happened = happened(slice)
            for value in values(slice) { fates[value] = happened ? .done : .notDone }
            return .verified(slice, happened: happened)
        }
    }

    /// Whether the platform did a request; the truth.
    func happened(_ slice: UploadSlice) -> Bool { values(slice).contains { ledger[$0] != nil } }

    /// The platform does what it does with a request.
    private mutating func take(_ slice: UploadSlice) {
        let values = values(slice)
        if judgement == .wholeRequest, values.contains(where: { bad.contains($0) }) { return }
        for value in values where !bad.contains(value) { ledger[value, default: 0] += 1 }
    }

    /// How a request ends.
    private mutating func finish(_ slice: UploadSlice) -> UploadEvent {
        if chance(failures, &generator) { return .failed(slice, fail(slice)) }
        let badRows = slice.rows.filter { bad.contains(batches[slice.batch].value(at: $0)) }
        take(slice)
        if judgement == .wholeRequest, let first = badRows.first {
            for value in values(slice) { fates[value] = .notDone }
            // A code of its own for each row: two bad rows do not make a wrong upload.
            return .failed(slice, .rejected(code: Int64(slice.batch * 10_000 + first), message: "bad"))
        }
        for value in values(slice) { fates[value] = .done }
        return .answered(
            slice,
            BatchAnswer(
                accepted: slice.count - badRows.count, rejected: badRows.count,
                rows: badRows.map { RowRejection(index: $0) }))
    }

    private mutating func fail(_ slice: UploadSlice) -> UploadFailure {
        let failure = generator.pick(
            [
                .notSent, .unknown(isTimeout: false), .unknown(isTimeout: true),
                .overloaded(retryAfter: nil, isNotDone: true), .overloaded(retryAfter: 3, isNotDone: false),
            ] as [UploadFailure])
        if !failure.isNotDone, chance(50, &generator) { take(slice) }
        for value in values(slice) { fates[value] = failure.isNotDone ? .notDone : .unknown }
        return failure
    }

    private mutating func perform(_ actions: [UploadAction], _ run: inout Run) {
        for action in actions {
            switch action {
            case .read(let count): run.wantedReads += count
            case .journalStart, .journalDone: kept = run.state.checkpoint.json
            case .send(let slice): send(slice, &run)
            case .askVerify(let slice):
                #expect(run.question == nil)
                run.question = slice
            case .report(let batch, let rows):
                for row in rows { reported[batches[batch].row(row).line ?? 0, default: 0] += 1 }
            case .release(let batch, _): #expect(run.held.remove(batch) != nil)
            case .wake(let time): run.wakeAt = time
            case .finish, .stop:
                #expect(run.flying.isEmpty && run.question == nil)
                run.ending = action
            }
        }
        #expect(run.held.count + run.wantedReads <= configuration.heldBatches)
        #expect(run.flying.count == run.state.inFlight && run.flying.count <= configuration.concurrency)
    }

    private mutating func send(_ slice: UploadSlice, _ run: inout Run) {
        requests += 1
        #expect(run.ending == nil && run.held.contains(slice.batch))
        run.flying.append(slice)
        guard configuration.effect == .write else { return }
        let isSafe = values(slice).allSatisfy { [.never, .notDone].contains(fates[$0] ?? .never) }
        #expect(isSafe, "\(slice) is sent again though it may have happened")
        let isKept = kept.flatMap { try? UploadCheckpoint($0) }?.inDoubt.contains(slice) ?? false
        #expect(isKept, "\(slice) is sent before it was written down")
        // Until its end is known, it may have happened.
        for value in values(slice) { fates[value] = .unknown }
    }
}
