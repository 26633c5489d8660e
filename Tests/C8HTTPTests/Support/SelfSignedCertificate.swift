import Glibc
import NIOSSL

/// A certificate for this machine that is its own authority, made when it is first asked for.
final class SelfSignedCertificate: Sendable {
    struct Failure: Error { let status: Int32 }

    private static let tool = "/usr/bin/openssl"
    static let isPossible = access(tool, X_OK) == 0
    /// One for all tests: making it takes a while.
    static let shared = Result { try SelfSignedCertificate() }

    /// PEM.
    let file: String
    private let folder: String
    private let keyFile: String

    private init() throws {
        var template = Array("/tmp/c8run-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(status: errno) }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        file = folder + "/certificate.pem"
        keyFile = folder + "/key.pem"
        try Self.run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", keyFile,
            "-out", file,
        ])
    }

    /// For a server that speaks both versions.
    func context() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(file).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: keyFile, format: .pem)))
        configuration.applicationProtocols = ["h2", "http/1.1"]
        return try NIOSSLContext(configuration: configuration)
    }

    private static func run(_ arguments: [String]) throws {
        var words = ([tool] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var process = pid_t()
        let problem = posix_spawn(&process, tool, &actions, nil, &words, environ)
        guard problem == 0 else { throw Failure(status: problem) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else { throw Failure(status: status) }
    }

    deinit {
        for path in [file, keyFile] { unlink(path) }
        rmdir(folder)
    }
}
