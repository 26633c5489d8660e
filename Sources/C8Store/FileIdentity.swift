/// Tells one file from another of the same name.
struct FileIdentity: Sendable, Hashable {
    let device: UInt64
    let number: UInt64
}
