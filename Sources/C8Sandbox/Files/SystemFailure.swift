/// A system call said no; becomes a `FileError` or a `SandboxDenial` where it is known what was being done.
struct SystemFailure: Error, Hashable {
    let errno: Int32
}
