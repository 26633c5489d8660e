import C8Postgres
import Foundation

extension PostgresServer {
    /// Has the server offer TLS, with a certificate that the authority has given to `localhost`.
    package func offerTLS(_ authority: TestAuthority) async throws {
        for (from, name) in [(authority.certificate, "server.crt"), (authority.key, "server.key")] {
            let path = folder + "/data/" + name
            try? FileManager.default.removeItem(atPath: path)
            try FileManager.default.copyItem(atPath: from, toPath: path)
            // It refuses a key that others can read.
            chmod(path, 0o600)
            if geteuid() == 0, let nobody = getpwnam("nobody") {
                chown(path, nobody.pointee.pw_uid, nobody.pointee.pw_gid)
            }
        }
        try await execute("ALTER SYSTEM SET ssl = on", in: "postgres")
        try await execute("SELECT pg_reload_conf()", in: "postgres")
        for _ in 0..<500 {
            let row = try await execute("SELECT current_setting('ssl') AS ssl", in: "postgres").first
            if row?.text("ssl") == "on" { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw Failure(description: "the server does not offer TLS")
    }

    /// Runs the body with a tablespace named `small` on a disk of so many megabytes, which only root can have made.
    package func withSmallDisk(megabytes: Int, _ body: () async throws -> Void) async throws {
        let disk = folder + "/small"
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        guard mount("c8run", disk, "tmpfs", 0, "size=\(megabytes)m,mode=0777") == 0 else {
            throw Failure(description: "no disk can be mounted")
        }
        defer { umount2(disk, Int32(MNT_DETACH)) }
        let place = disk + "/space"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
        if let nobody = getpwnam("nobody") { chown(place, nobody.pointee.pw_uid, nobody.pointee.pw_gid) }
        try await execute("CREATE TABLESPACE small LOCATION '\(place)'", in: "postgres")
        try await body()
    }
}
