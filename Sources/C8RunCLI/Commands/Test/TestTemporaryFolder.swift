import Glibc

/// Where the temporary folders of tests and workers are: a folder of this run, in one that belongs to this user and stays, so that it can
/// be removed from behind the kernel's wall, which lets nothing be changed in `/tmp` itself.
struct TestTemporaryFolder: Sendable {
    /// The one that stays.
    let shared: String
    /// The one of this run.
    let own: String

    /// - Parameter purpose: a word of its name.
    /// - Throws: `ConfigurationError` where the folder belongs to somebody else, or cannot be made.
    init(environment: EnvironmentLookup, purpose: String = "test") throws(ConfigurationError) {
        let base = environment("TMPDIR") ?? "/tmp"
        shared = FilePath.join(base.hasPrefix("/") ? base : "/tmp", "c8run-\(purpose)-\(getuid())")
        own = FilePath.join(shared, "\(getpid())")
        var status = stat()
        guard mkdir(shared, 0o700) == 0 || errno == EEXIST, lstat(shared, &status) == 0 else {
            throw ConfigurationError("cannot make \(shared): \(SmallFileError(number: errno))", origin: .builtIn)
        }
        guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == getuid(), status.st_mode & 0o077 == 0 else {
            throw ConfigurationError(
                "\(shared) is not a folder of this user alone: remove it, or set TMPDIR", origin: .builtIn)
        }
    }
}
