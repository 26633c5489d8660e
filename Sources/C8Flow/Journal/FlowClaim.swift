/// The right to run a flow, until ``FlowJournal/end(_:with:at:)`` or ``FlowJournal/release(_:)`` gives it up or the process
/// dies.
package struct FlowClaim: Sendable, Hashable {
    package let id: FlowID
    /// The journal's number for the flow. One that was forgotten and begun anew has another.
    package let number: Int64
    /// Every entry is refused once the flow has a higher one.
    package let fence: Int64

    package init(id: FlowID, number: Int64, fence: Int64) {
        self.id = id
        self.number = number
        self.fence = fence
    }
}
