import C8Sandbox
import CLinuxShims
import Foundation

/// A real folder for one test: `inside`, which tests grant, `outside`, which they do not, and helpers to fill them.
final class DoorFolder: Sendable {
    let base: String
    var inside: String { base + "/inside" }
    var outside: String { base + "/outside" }

    init() throws {
        // The true path: on some machines the temporary folder is itself a link.
        let temporary = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
        base = "\(temporary)/c8run-door-\(UUID().uuidString)"
        for folder in [inside, outside] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        try file("inside/a.txt", "inside")
        try file("outside/secret.txt", "outside")
    }

    deinit {
        try? FileManager.default.removeItem(atPath: base)
    }

    func file(_ path: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(base)/\(path)"))
    }

    func folder(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: "\(base)/\(path)", withIntermediateDirectories: true)
    }

    func link(_ path: String, to destination: String) throws {
        try FileManager.default.createSymbolicLink(atPath: "\(base)/\(path)", withDestinationPath: destination)
    }

    func hardLink(_ path: String, to existing: String) throws {
        try FileManager.default.linkItem(atPath: "\(base)/\(existing)", toPath: "\(base)/\(path)")
    }

    func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: "\(base)/\(path)").map { String(decoding: $0, as: UTF8.self) }
    }

    func names(_ path: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(base)/\(path)")) ?? []).sorted()
    }

    func mode(_ path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: "\(base)/\(path)"))?[.posixPermissions] as? Int
    }

    /// A door with `inside` granted and `base` as the working directory, unless told otherwise.
    func door(
        read: FileGrants.Scope? = nil, write: FileGrants.Scope = .none, denyRead: FileGrants.Scope = .none,
        denyWrite: FileGrants.Scope = .none, withheld: [String] = []
    ) -> FileDoor {
        FileDoor(
            grants: FileGrants(
                allowRead: read ?? .paths(["inside"]), allowWrite: write, denyRead: denyRead, denyWrite: denyWrite,
                withheld: withheld), workingDirectory: base)
    }
}

extension FileDoor {
    func text(_ path: String) throws -> String {
        String(decoding: try openForReading(FilePath(path)).readAll(limit: 1 << 20, remedy: ""), as: UTF8.self)
    }

    func write(_ text: String, to path: String) throws {
        try write(Array(text.utf8), to: FilePath(path))
    }
}

/// What went wrong, for tables: `denied`, the system's name of the error, `limit`, or nil where nothing did.
func outcome(_ body: () throws -> Void) -> String? {
    do {
        try body()
        return nil
    } catch is SandboxDenial {
        return "denied"
    } catch let error as FileError {
        return error.kind == .limit ? "limit" : error.code ?? "failed"
    } catch {
        return String(describing: error)
    }
}
