/// What the journal holds of one step. Times are seconds since 1970.
package struct FlowStep: Sendable, Equatable {
    package var key: StepKey
    /// Its index among the steps that its scope began one after another; nil where a parallel task began it.
    package var position: Int?
    package var state: StepState
    /// Writes of the present attempt that were sent or are about to be, without those that provably did not take place.
    package var writes: Int
    /// 1 for the first.
    package var attempt: Int
    /// JSON text, of a step that is done.
    package var result: String?
    /// The operation of the last write.
    package var lastOperation: String?
    /// Why it is in doubt, or why its last attempt failed.
    package var error: String?
    /// The platform's, for its support.
    package var traceID: String?
    /// When its first attempt began.
    package var startedAt: Double
    package var endedAt: Double?
    /// When a sleep ends; nil for a step that is none.
    package var wakeAt: Double?
    package var resolution: StepResolution?
    /// The answered calls of the present attempt, at most ``StepCall/mostKept``. Empty once the step is done.
    package var calls: [StepCall] = []

    /// A step that begins now.
    package init(_ key: StepKey, position: Int?, wakeAt: Double? = nil, at now: Double) {
        self.key = key
        self.position = position
        state = .started
        writes = 0
        attempt = 1
        startedAt = now
        self.wakeAt = wakeAt
    }

    /// Whether an operator may say what became of it.
    package var isOpen: Bool {
        switch state {
        case .started: writes > 0
        case .done: false
        case .doubt: true
        }
    }

    /// Whether an operator may take back what one has said: no run has seen it yet.
    ///
    /// - Parameter claimedAt: when the flow was last claimed, see ``StepResolution/time(_:claimedAt:)``.
    package func mayBeResolvedAgain(claimedAt: Double) -> Bool {
        guard let resolution, resolution.at > claimedAt else { return false }
        return state == (resolution.choice == .done ? .done : .started)
    }
}
