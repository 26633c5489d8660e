package import C8Platform

/// How an upload behaves.
package struct UploadConfiguration: Sendable, Hashable {
    /// What the operation does: only what is no write may be sent again when its answer is lost.
    package let effect: Effect
    /// The most requests at once. Twice as many batches are held in memory.
    package let concurrency: Int
    /// There is a `verify` that tells whether a request happened.
    package let canVerify: Bool
    /// How often a request is tried that fails by itself.
    package let maximumAttempts: Int

    package init(effect: Effect, concurrency: Int = 8, canVerify: Bool = false, maximumAttempts: Int = 8) {
        self.effect = effect
        self.concurrency = max(1, concurrency)
        self.canVerify = canVerify
        self.maximumAttempts = max(1, maximumAttempts)
    }

    /// The most batches in memory.
    package var heldBatches: Int { 2 * concurrency }

    /// Whether a request may be repeated whatever became of it.
    var isRepeatable: Bool { effect != .write }
}
