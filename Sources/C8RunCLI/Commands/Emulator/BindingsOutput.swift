import Glibc

/// The emulator's bindings as a file: where the operator wants it, or in a temporary folder that is removed at the end.
struct BindingsOutput: Sendable {
    /// Absolute path of the file.
    let path: String
    private let temporaryFolder: String?

    /// Writes the bindings.
    ///
    /// - Parameter path: the file; nil for a temporary one.
    /// - Throws: `UsageError` where the given file cannot be written.
    static func write(_ bytes: [UInt8], to path: String?) throws -> BindingsOutput {
        let folders = ConfigurationFolders.current()
        if let path {
            let absolute = FilePath.absolute(path, relativeTo: folders.workingDirectory, home: nil)
            try write(bytes, at: absolute, flags: O_TRUNC)
            return BindingsOutput(path: absolute, temporaryFolder: nil)
        }
        var template = Array(
            FilePath.join(folders.environment("TMPDIR") ?? "/tmp", "c8run-emulator-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else {
            throw UsageError(.noTemporaryBindings, ["problem": "\(SmallFileError(number: errno))"])
        }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let file = FilePath.join(folder, "bindings.json")
        try write(bytes, at: file, flags: O_EXCL)
        return BindingsOutput(path: file, temporaryFolder: folder)
    }

    /// Removes a temporary file; one that the operator named stays.
    func remove() {
        guard let temporaryFolder else { return }
        unlink(path)
        rmdir(temporaryFolder)
    }

    private static func write(_ bytes: [UInt8], at path: String, flags: Int32) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0o600)
        guard descriptor >= 0 else {
            throw UsageError(.cannotWrite, ["path": path, "problem": "\(SmallFileError(number: errno))"])
        }
        defer { close(descriptor) }
        if let number = OutputStream(descriptor: descriptor).write(bytes) {
            throw UsageError(.cannotWrite, ["path": path, "problem": "\(SmallFileError(number: number))"])
        }
    }
}
