/// The steps of one scope: which of them the journal has, and how far the present run has come.
///
/// Steps that are begun one after another must come in the journal's order. Those of parallel tasks come in any order, and
/// are known by name and occurrence alone.
struct StepMatcher: Sendable, Equatable {
    /// The step that a call means.
    struct Match: Sendable, Equatable {
        let key: StepKey
        let name: StepName
        /// nil for one of a parallel task.
        let position: Int?
        /// Whether the journal does not have it.
        let isNew: Bool
    }

    /// By position.
    private var sequence: [StepKey] = []
    private var parallel: [StepKey] = []
    /// All of them, and whether a parallel task began them.
    private var isParallel: [StepKey: Bool] = [:]
    private var next = 0
    private var counts: [StepName: Int] = [:]
    /// In this run, and since the scope was last begun.
    private(set) var called: Set<StepKey> = []

    /// Takes a step of the journal, in the order in which they were begun.
    ///
    /// - Returns: false where its position is not the next one.
    mutating func load(_ key: StepKey, position: Int?) -> Bool {
        isParallel[key] = position == nil
        guard let position else {
            parallel.append(key)
            return true
        }
        guard position == sequence.count else { return false }
        sequence.append(key)
        return true
    }

    /// What a call of that name is. It counts once ``take(_:)`` has it.
    func match(_ name: StepName, in scope: StepKey, parallel: Bool) throws(FlowMismatch) -> Match {
        let key = scope.step(name, occurrence: (counts[name] ?? 0) + 1)
        if !parallel, next < sequence.count, sequence[next] != key {
            throw FlowMismatch(scope: scope, .other(position: next, journaled: sequence[next], called: key))
        }
        let known = isParallel[key]
        if let known, known != parallel {
            throw FlowMismatch(
                scope: scope,
                .kind(
                    key, journaled: known ? .parallel : .sequential, called: parallel ? .parallel : .sequential))
        }
        return Match(key: key, name: name, position: parallel ? nil : next, isNew: known == nil)
    }

    mutating func take(_ match: Match) {
        counts[match.name, default: 0] += 1
        called.insert(match.key)
        if match.isNew { _ = load(match.key, position: match.position) }
        if match.position != nil { next += 1 }
    }

    /// The scope is begun again: its steps are called from the first one on.
    mutating func restart() {
        next = 0
        counts = [:]
        called = []
    }

    /// A step of the journal that has not been called.
    var missing: StepKey? {
        next < sequence.count ? sequence[next] : parallel.first { !called.contains($0) }
    }
}
