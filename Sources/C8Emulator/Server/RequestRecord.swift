package import C8Platform

/// One request that the emulator has answered.
package struct RequestRecord: Sendable, Hashable {
    /// When, in seconds since 1970 on the emulator's clock.
    package let time: Double
    /// What was asked for; nil for an unknown path.
    package let operation: OperationID?
    /// The HTTP status of the answer.
    package let status: Int
    /// The envelope's code.
    package let code: Int64
    /// What went wrong with it on purpose. `status` and `code` are then those that the client should have got.
    package let fault: FaultKind?
    /// Whether the request was carried out and changed what the operation changes, whatever the client got to know.
    package let isPerformed: Bool
    /// Method and path, such as `POST /emulator/…`; nil unless ``EmulatorConfiguration/keepsBodies``.
    package var target: String?
    /// The body's fields; nil where there were none, or they are not kept.
    package var body: JSONValue?
}
