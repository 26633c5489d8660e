package import C8Postgres
import Foundation
import Synchronization

/// A PostgreSQL server of the test process's own: in a temporary folder, on the loopback and on a socket in that folder, as a
/// user without rights. It ends with the process, however that ends.
package final class PostgresServer: Sendable {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) {
            self.description = description
        }
    }

    /// What tests are skipped with where there is no server.
    package static let hint = "PostgreSQL is not installed: apt-get install postgresql"

    /// Whether a server can be started here.
    package static let isPossible = binaries != nil

    private static let opened = Mutex<PostgresServer?>(nil)

    /// The one that most tests share. Made when it is first asked for.
    package static func shared() throws -> PostgresServer {
        try opened.withLock { opened in
            if let opened { return opened }
            let server = try PostgresServer()
            opened = server
            return server
        }
    }

    package static let user = "tester"
    package static let password = "p@ss word/秘密"

    /// Of the data and of the socket.
    package let folder: String
    package let port: UInt16
    private let binaries: String
    private let running = Mutex<WatchedProcess?>(nil)
    private let made = Atomic<Int>(0)

    package init() throws {
        guard let binaries = Self.binaries else { throw Failure(description: Self.hint) }
        self.binaries = binaries
        var template = Array("/tmp/c8run-postgres-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(description: "no temporary folder") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        port = try Self.freePort()
        let secret = folder + "/password"
        try Self.password.write(toFile: secret, atomically: false, encoding: .utf8)
        if geteuid() == 0 {
            guard let nobody = getpwnam("nobody") else { throw Failure(description: "there is no user nobody") }
            chown(folder, nobody.pointee.pw_uid, nobody.pointee.pw_gid)
            chown(secret, nobody.pointee.pw_uid, nobody.pointee.pw_gid)
        }
        let process = Process()
        WatchedProcess.set(
            process,
            [
                binaries + "/initdb", "-D", folder + "/data", "-U", Self.user, "--pwfile", secret, "-A",
                "scram-sha-256",
                "-E", "UTF8", "--locale", "C", "--no-sync",
            ])
        process.standardOutput = FileHandle.nullDevice
        let problems = Pipe()
        process.standardError = problems
        try process.run()
        let text = problems.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "initdb failed: \(String(decoding: text, as: UTF8.self))")
        }
        try start()
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// - Parameter user: with the password of all users here, unless another is given.
    package func url(
        _ database: String, user: String = PostgresServer.user, password: String? = PostgresServer.password,
        port: UInt16? = nil
    ) -> String {
        let secret = password.map { ":" + Self.escaped($0) } ?? ""
        return "postgres://\(user)\(secret)@127.0.0.1:\(port ?? self.port)/\(database)"
    }

    /// The same by the socket in the folder.
    package func socketURL(_ database: String) -> String {
        "postgres://\(Self.user):\(Self.escaped(Self.password))@/\(database)?host=\(Self.escaped(folder))&port=\(port)"
    }

    /// A new, empty database. Returns its name.
    package func makeDatabase(_ options: String = "") async throws -> String {
        let name = "test\(made.add(1, ordering: .relaxed).newValue)"
        try await execute("CREATE DATABASE \(name) \(options)", in: "postgres")
        return name
    }

    /// Runs a statement as the superuser.
    @discardableResult
    package func execute(_ statement: String, in database: String) async throws -> PostgresRows {
        let connection = PostgresConnection(PostgresSettings(url(database)))
        return try await connection.perform(within: .seconds(30)) { session, _ in try session.execute(statement) }
    }

    /// How many rows a table has, or a part of one: `flow WHERE …`.
    package func count(_ rows: String, in database: String) async throws -> Int64? {
        try await execute("SELECT count(*) AS number FROM \(rows)", in: database).first?.integer("number")
    }

    /// Starts it after ``stop()``.
    package func start() throws {
        _ = FileManager.default.createFile(atPath: folder + "/log", contents: nil)
        let process = try WatchedProcess(
            [
                binaries + "/postgres", "-D", folder + "/data", "-p", String(port), "-k", folder,
                "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=200",
                "-c", "unix_socket_permissions=0777", "-c", "logging_collector=off",
            ], endedBy: "INT", folder: folder, log: folder + "/log")
        running.withLock { $0 = process }
        // The server says so in its folder once it takes connections.
        for _ in 0..<600 {
            let state = try? String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8)
            if state?.contains("ready") == true { return }
            guard process.isRunning else { break }
            usleep(50_000)
        }
        let text = (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? ""
        throw Failure(description: "the server does not start: \(text.suffix(2000))")
    }

    /// Ends it, and its clients' connections with it.
    package func stop() {
        let old = running.withLock { running in
            defer { running = nil }
            return running
        }
        old?.end()
    }

    static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isBound else { throw Failure(description: "no free port") }
        return UInt16(bigEndian: address.sin_port)
    }

    private static let binaries: String? = {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        let debian = versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "/usr/lib/postgresql/\($0)/bin" }
        let path = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").map(String.init) ?? []
        return (debian + path).first { folder in
            ["initdb", "postgres"].allSatisfy { access(folder + "/" + $0, X_OK) == 0 }
        }
    }()

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
