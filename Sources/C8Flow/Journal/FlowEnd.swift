/// How a run of a flow ended.
package enum FlowEnd: Sendable, Equatable {
    /// With a result, as JSON text. The flow never runs again.
    case finished(result: String)
    /// With an error. Run again, the flow goes on where it was.
    case failed(error: String)
}
