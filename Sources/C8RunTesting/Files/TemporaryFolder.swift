import Glibc

/// A folder that is made when it is first needed, and removed with all that is in it.
enum TemporaryFolder {
    /// - Throws: ``TestFileError``.
    static func make(_ path: String) throws(TestFileError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw TestFileError(path: path, number: errno) }
    }

    /// Removes a file, a link (not what it leads to), or a folder with all that is in it. What cannot be removed stays.
    static func remove(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            unlink(path)
            return
        }
        for name in (try? FileText.names(in: path)) ?? [] where name != "." && name != ".." {
            remove("\(path)/\(name)")
        }
        rmdir(path)
    }
}
