/// The steps of one run of a flow: recognises those that an earlier run has left, and says for each what to write to the
/// journal and what to do. A value: it neither waits nor reads a clock. Times are seconds since 1970.
///
/// A transition's entry is written before its action is taken. Where it cannot be written, or where a method throws
/// ``FlowMismatch``, the run must end.
package struct FlowSteps: Sendable {
    private let id: FlowID
    /// What the journal had of steps that this run has not called yet.
    private var rows: [StepKey: FlowStep] = [:]
    private var lives: [StepKey: StepLife] = [:]
    private var scopes: [StepKey: StepMatcher] = [.flow: StepMatcher()]
    private var isOver = false

    /// - Parameter steps: as the journal gives them, in the order in which they were begun.
    /// - Throws: ``FlowJournalError/damaged(flow:step:problem:)`` where they cannot all be true.
    package init(_ id: FlowID, _ steps: [FlowStep]) throws(FlowJournalError) {
        self.id = id
        rows.reserveCapacity(steps.count)
        for step in steps {
            if let problem = add(step) {
                throw FlowJournalError.damaged(flow: id.text, step: step.key.text, problem: problem)
            }
        }
    }

    /// Steps, of this run and earlier ones.
    package var count: Int { rows.count + lives.count }

    /// What the journal has of a step once all entries given so far are written.
    package func step(_ key: StepKey) -> FlowStep? { lives[key]?.row ?? rows[key] }

    /// The steps right within one, of this run and earlier ones, by name and occurrence.
    package func children(of scope: StepKey) -> [StepKey] {
        (Array(rows.keys) + lives.keys).filter { !$0.isFlow && $0.scope == scope }.sorted { left, right in
            guard let first = left.components.last, let second = right.components.last else { return false }
            return (first.name.text, first.occurrence) < (second.name.text, second.occurrence)
        }
    }

    /// Where a step that this run has called is; nil for another.
    package func phase(_ key: StepKey) -> StepPhase? { lives[key]?.phase }

    /// The script calls a step.
    ///
    /// - Parameters:
    ///   - scope: the step within whose function it is called, or ``StepKey/flow``.
    ///   - isParallel: whether a parallel task calls it, whose turn among the scope's other steps may change.
    ///   - wakeAt: for a sleep, its end if it begins now.
    /// - Throws: ``FlowMismatch``, ``FlowNameError``, ``FlowLimitError``, ``FlowStepsError``. Nothing has changed then.
    package mutating func call(
        _ name: String, in scope: StepKey = .flow, isParallel: Bool = false, wakeAt: Double? = nil, at now: Double
    ) throws -> StepTransition {
        let match = try (scopes[scope] ?? StepMatcher()).match(StepName(name), in: scope, parallel: isParallel)
        guard isRunning(scope) else { throw FlowStepsError.scopeNotRunning(scope, called: match.key) }
        let known = step(match.key)
        let begun: (life: StepLife, transition: StepTransition)
        if let known {
            if let phase = lives[match.key]?.phase, phase.isActive {
                throw FlowStepsError.alreadyRunning(match.key)
            }
            guard (known.wakeAt == nil) == (wakeAt == nil) else {
                throw FlowMismatch(
                    scope: scope,
                    .kind(
                        match.key, journaled: known.wakeAt == nil ? .work : .sleep,
                        called: wakeAt == nil ? .work : .sleep))
            }
            begun = StepLife.resume(known, at: now)
        } else {
            try checkRoom(for: match.key)
            begun = StepLife.begin(match.key, position: match.position, wakeAt: wakeAt, at: now)
        }
        scopes[scope, default: StepMatcher()].take(match)
        rows[match.key] = nil
        keep(begun.life, begun.transition)
        return begun.transition
    }

    /// Something happened to a step that the script has called.
    ///
    /// - Throws: ``FlowMismatch`` where its function returned without steps that the journal has; ``FlowLimitError`` where
    ///   its result is too long; ``FlowStepsError``. Nothing has changed then.
    package mutating func apply(_ event: StepEvent, to key: StepKey, at now: Double) throws -> StepTransition {
        guard var life = lives[key] else { throw FlowStepsError.notCalled(key) }
        if case .ended = event, life.phase == .running { try checkEnd(of: key) }
        let transition = try life.apply(event, at: now)
        keep(life, transition)
        return transition
    }

    /// The flow's function has returned.
    ///
    /// - Throws: ``FlowMismatch`` where the journal has steps that were not called, ``FlowStepsError`` where one of them
    ///   does not have its end.
    package mutating func end() throws {
        try checkEnd(of: .flow)
        isOver = true
    }

    private mutating func keep(_ life: StepLife, _ transition: StepTransition) {
        lives[life.row.key] = life
        // A function that runs again calls its steps from the first one on.
        if case .run = transition.action { scopes[life.row.key]?.restart() }
    }

    private func isRunning(_ scope: StepKey) -> Bool {
        scope.isFlow ? !isOver : lives[scope]?.phase == .running
    }

    private func checkRoom(for key: StepKey) throws(FlowLimitError) {
        guard count < FlowLimits.steps else {
            throw FlowLimitError(.steps, count: count + 1, most: FlowLimits.steps)
        }
        guard key.components.count <= FlowLimits.depth else {
            throw FlowLimitError(.depth(key), count: key.components.count, most: FlowLimits.depth)
        }
    }

    private func checkEnd(of scope: StepKey) throws {
        guard let matcher = scopes[scope] else { return }
        for key in matcher.called {
            if let phase = lives[key]?.phase, !phase.isSettled { throw FlowStepsError.unsettled(key, phase) }
        }
        if let key = matcher.missing { throw FlowMismatch(scope: scope, .missing(key)) }
    }

    /// Takes a step of the journal; gives what is wrong with it.
    private mutating func add(_ step: FlowStep) -> String? {
        let scope = step.key.scope
        if step.key.isFlow { return "it has no name" }
        if rows[step.key] != nil { return "it is there twice" }
        if !scope.isFlow, rows[scope] == nil { return "the step around it is missing" }
        if step.state == .done, step.result == nil { return "it is done without a result" }
        if step.attempt < 1 || step.writes < 0 { return "its attempts or writes are no count" }
        rows[step.key] = step
        let isNext = scopes[scope, default: StepMatcher()].load(step.key, position: step.position)
        return isNext ? nil : "a step before it is missing"
    }
}
