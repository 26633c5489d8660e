/// Which flows to list.
package struct FlowFilter: Sendable, Equatable {
    package var states: Set<FlowState>
    /// Only those with a step that an operator may have to settle.
    package var openOnly: Bool
    /// How many at most; those that changed last come first.
    package var limit: Int

    package init(states: Set<FlowState> = Set(FlowState.allCases), openOnly: Bool = false, limit: Int = 1000) {
        self.states = states
        self.openOnly = openOnly
        self.limit = limit
    }
}
