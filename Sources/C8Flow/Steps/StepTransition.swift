/// What follows from a call or an event: first the entry is written, then the action is taken.
///
/// Where the entry cannot be written, the run must end: the journal and the steps in memory are no longer the same.
package struct StepTransition: Sendable, Equatable {
    package let key: StepKey
    package let entry: StepEntry?
    package let action: StepAction

    package init(key: StepKey, entry: StepEntry?, action: StepAction) {
        self.key = key
        self.entry = entry
        self.action = action
    }
}
