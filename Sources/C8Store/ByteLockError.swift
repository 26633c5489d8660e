/// The file of the locks cannot be used.
struct ByteLockError: Error, CustomStringConvertible {
    /// What is wrong, and what to do about it.
    let description: String
}
