import Glibc

/// A file of its own, in a folder of its own, for one test.
struct TemporaryFile {
    let path: String
    private let folder: String

    struct Failure: Error { let number: Int32 }

    init(_ content: String, mode: mode_t) throws {
        var template = Array("/tmp/c8run-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(number: errno) }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        path = folder + "/file"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(number: errno) }
        defer { close(descriptor) }
        guard write(descriptor, content, content.utf8.count) == content.utf8.count, fchmod(descriptor, mode) == 0 else {
            throw Failure(number: errno)
        }
    }

    func remove() {
        unlink(path)
        rmdir(folder)
    }
}
