/// Which jobs to list; those that changed last come first.
package struct JobFilter: Sendable, Equatable {
    package var states: Set<JobState>
    /// Nil for all tags.
    package var tag: String?
    package var limit: Int

    package init(states: Set<JobState> = Set(JobState.allCases), tag: String? = nil, limit: Int = 1000) {
        self.states = states
        self.tag = tag
        self.limit = limit
    }
}
