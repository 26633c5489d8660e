/// How a worker is, for whoever watches over it.
package struct WorkerHealth: Sendable, Equatable {
    /// Whether the queue was reached within the time that the worker's leases last.
    package var isStoreReached: Bool
    /// Seconds since the queue was last reached; nil where it never was.
    package var sinceContact: Double?
    /// Whether it takes nothing new, because it was asked to end.
    package var isDraining: Bool
    /// Jobs that run now, and how many may.
    package var running: Int
    package var slots: Int

    package init(isStoreReached: Bool, sinceContact: Double?, isDraining: Bool, running: Int, slots: Int) {
        self.isStoreReached = isStoreReached
        self.sinceContact = sinceContact
        self.isDraining = isDraining
        self.running = running
        self.slots = slots
    }

    package var isHealthy: Bool { isStoreReached && !isDraining }

    /// One line of JSON.
    package var json: String {
        let contact = sinceContact.map { String(($0 * 1000).rounded() / 1000) } ?? "null"
        return #"{"healthy":\#(isHealthy),"store_reached":\#(isStoreReached),"since_contact_seconds":\#(contact),"#
            + #""draining":\#(isDraining),"running":\#(running),"slots":\#(slots)}"#
    }
}
