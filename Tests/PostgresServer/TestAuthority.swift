import Foundation

/// An authority for certificates of a test's own, and one certificate that it has given, for the name `localhost`.
package struct TestAuthority: Sendable {
    /// What tests are skipped with where there is no openssl.
    package static let hint = "openssl is not installed: apt-get install openssl"
    package static let isPossible = access(program, X_OK) == 0

    private static let program = "/usr/bin/openssl"

    private let folder: String
    /// Paths of the authority's certificate, and of the server's with its key.
    package var root: String { folder + "/root.crt" }
    package var certificate: String { folder + "/server.crt" }
    package var key: String { folder + "/server.key" }

    /// - Parameter folder: is made.
    package init(in folder: String) throws {
        self.folder = folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        try run(
            [
                "req", "-x509", "-days", "2", "-subj", "/CN=c8run test authority", "-keyout", "\(folder)/root.key",
                "-out", root,
            ]
                + key)
        try run(
            ["req", "-subj", "/CN=localhost", "-keyout", self.key, "-out", "\(folder)/server.csr"] + key)
        try "subjectAltName=DNS:localhost".write(toFile: folder + "/names", atomically: false, encoding: .utf8)
        try run([
            "x509", "-req", "-days", "2", "-in", "\(folder)/server.csr", "-CA", root, "-CAkey", "\(folder)/root.key",
            "-set_serial", "2", "-extfile", "\(folder)/names", "-out", certificate,
        ])
    }

    private func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.arguments = arguments
        let problems = Pipe()
        process.standardError = problems
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let text = problems.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw PostgresServer.Failure(description: "openssl failed: \(String(decoding: text, as: UTF8.self))")
        }
    }
}
