/// A whole upload as a value: it is told what happened, and says what to do. It has no clock, no files and no network;
/// times are seconds of any clock that only goes forward.
///
/// What holds at any time: a request of a write is sent again only when it provably did nothing, or when `verify` says
/// so; no row is lost; at most as many requests are under way as ``limit`` says, and at most twice the concurrency of
/// batches are in memory; a write's request is in the checkpoint before it is sent.
package struct UploadState: Sendable {
    let configuration: UploadConfiguration
    /// What a later run goes on from.
    package internal(set) var checkpoint: UploadCheckpoint
    /// How many requests may be under way.
    package internal(set) var limit: ConcurrencyLimit

    var rejections: RejectionPlan
    var resume: ResumeCheck
    /// The batches in memory.
    var held: [Int: BatchIdentity] = [:]
    /// How many batches were given up since requests of them are in doubt.
    var abandoned = 0
    var waiting: [WaitingSlice] = []
    var flying: [UploadSlice: Flight] = [:]
    /// Requests that `verify` is to be asked about, and the one that it is asked about.
    var doubts: [WaitingSlice] = []
    var asking: WaitingSlice?
    var requestedReads = 0
    var hasInputEnded = false
    var skipped = SkippedRows.none
    var stopping: UploadStop?
    var isOver = false
    var lastAnswer = -Double.infinity
    var wakeTime: Double?

    private let secondsBefore: Double
    private var beganAt: Double?

    /// A request under way.
    struct Flight: Sendable {
        let ticket: ConcurrencyLimit.Ticket
        let waiting: WaitingSlice
    }

    /// - Parameter checkpoint: a new one, or what an earlier run left.
    package init(_ configuration: UploadConfiguration, checkpoint: UploadCheckpoint) {
        self.configuration = configuration
        self.checkpoint = checkpoint
        limit = ConcurrencyLimit(maximum: configuration.concurrency)
        rejections = RejectionPlan(hasAccepted: checkpoint.summary.accepted + checkpoint.summary.duplicate > 0)
        resume = ResumeCheck(checkpoint)
        secondsBefore = checkpoint.summary.seconds
    }

    /// Requests under way.
    package var inFlight: Int { flying.count }

    /// What was done up to now, with the rows that were left out in this run.
    package var summary: UploadSummary {
        var summary = checkpoint.summary
        summary.add(skipped)
        return summary
    }

    /// Begins. Called once, before any event.
    package mutating func begin(at now: Double) -> [UploadAction] {
        beganAt = now
        var actions: [UploadAction] = []
        proceed(at: now, &actions)
        return actions
    }

    /// Takes what happened. After ``UploadAction/finish(_:)`` or ``UploadAction/stop(_:)`` nothing has an effect.
    package mutating func handle(_ event: UploadEvent, at now: Double) -> [UploadAction] {
        guard !isOver else { return [] }
        checkpoint.summary.seconds = secondsBefore + max(0, now - (beganAt ?? now))
        var actions: [UploadAction] = []
        switch event {
        case .batchRead(let identity, let skipped): batchRead(identity, skipped, &actions)
        case .inputEnded(let skipped): inputEnded(skipped)
        case .answered(let slice, let answer): answered(slice, answer, at: now, &actions)
        case .failed(let slice, let failure): failed(slice, failure, at: now, &actions)
        case .verified(let slice, let happened): verified(slice, happened, &actions)
        case .woke: wakeTime = nil
        case .cancelled: end(.cancelled)
        }
        proceed(at: now, &actions)
        return actions
    }

    /// Requests of a write are about to be sent, as the checkpoint is to say.
    ///
    /// - Parameter time: seconds since 1970.
    package mutating func noteSending(at time: Double) { checkpoint.sentAt = time }

    /// The first reason to end stands.
    mutating func end(_ reason: UploadStop) {
        if stopping == nil { stopping = reason }
    }
}
