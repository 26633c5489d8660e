import C8Flow

func stepKey(_ text: String) throws -> StepKey { try StepKey(text: text) }

/// A step as a journal might have it.
func row(
    _ text: String, _ state: StepState = .done, position: Int? = 0, writes: Int = 0, attempt: Int = 1,
    wakeAt: Double? = nil
) throws -> FlowStep {
    var step = FlowStep(try StepKey(text: text), position: position, wakeAt: wakeAt, at: 10)
    step.state = state
    step.writes = writes
    step.attempt = attempt
    if state == .done { step.result = "\"\(text)\"" }
    return step
}
