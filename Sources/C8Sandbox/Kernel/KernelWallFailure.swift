/// A step of putting the wall up that the kernel refused.
struct KernelWallFailure: Error, Sendable {
    let step: String
    /// The value of errno.
    let number: Int32
}
