/// One line of the journal about one step. Made by ``FlowSteps``, kept by a ``FlowJournal``. Times are seconds since 1970.
package enum StepEntry: Sendable, Equatable {
    /// An attempt begins, the first one with the step itself. Survives the process's death, maybe not a power cut: what is
    /// lost with it has not written anything.
    case begin(position: Int?, attempt: Int, wakeAt: Double?, at: Double)
    /// +1 before a write is sent, -1 where it provably did not take place.
    case writes(change: Int, operation: String?)
    /// A call was answered. Survives the process's death, maybe not a power cut: it then counts as one of unknown fate.
    case answer(StepCall)
    /// The step has its result, as JSON text.
    case end(result: String, at: Double)
    /// Nobody knows whether a write of the attempt took place.
    case doubt(error: String, operation: String?, traceID: String?)
    /// The attempt ended with an error, and without writes.
    case failure(error: String, traceID: String?)

    /// Whether it says what became of something: it was done, or it was not, or nobody knows. Lost, somebody has to look.
    package var tellsAnEnd: Bool {
        switch self {
        case .begin, .failure, .answer: false
        case .writes(let change, _): change < 0
        case .end, .doubt: true
        }
    }

    /// Whether the entry may be lost in a power cut (not when the process is killed).
    package var isLight: Bool {
        switch self {
        case .begin, .answer: true
        case .writes, .end, .doubt, .failure: false
        }
    }
}
