import C8Emulator
import C8Platform
import Glibc

/// The file of `--ledger`: a line of JSON for each request, appended as it happens, so that it holds whatever happened though
/// everybody is killed.
final class LedgerFile: Sendable {
    private let descriptor: Int32

    /// - Throws: `UsageError` where the file cannot be written.
    init(_ path: String) throws {
        let absolute = FilePath.absolute(path, relativeTo: ConfigurationFolders.current().workingDirectory, home: nil)
        descriptor = open(absolute, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw UsageError(.cannotWrite, ["path": absolute, "problem": "\(SmallFileError(number: errno))"])
        }
    }

    deinit { close(descriptor) }

    /// Writes the line at once: nothing is kept back that a crash could lose. A full disk costs lines and no answer.
    func append(_ record: RequestRecord) {
        guard var line = try? JSONSerializer.serialize(record.json) else { return }
        line.append(UInt8(ascii: "\n"))
        OutputStream(descriptor: descriptor).write(line)
    }
}
