/// What a worker would take.
package struct JobWish: Sendable, Equatable {
    /// Empty for those jobs that have none.
    package var tags: Set<String>
    /// Jobs of another application are left to others.
    package var application: String?
    /// How many at once, at most.
    package var most: Int
    /// Seconds that they are kept from others after the worker was last heard of.
    package var lease: Double

    package init(
        tags: Set<String> = [], application: String? = nil, most: Int = 1, lease: Double = JobWish.standardLease
    ) {
        self.tags = tags
        self.application = application
        self.most = most
        self.lease = lease
    }

    package static let standardLease = 30.0
}
