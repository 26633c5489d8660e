import C8Client
import GRDB
import Glibc
import Testing

@testable import C8Store

/// A state is used only where nobody else could have written it.
@Suite struct StateTrustTests {
    private static let isSuperuser = geteuid() == 0

    private func sound() async throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try await StateStore.open(folder: folder.path).database.close()
        return folder
    }

    private func refusal(_ folder: String) async throws -> StateStoreError {
        let error = try #require(
            await #expect(throws: StateStoreError.self) { try await StateStore.open(folder: folder) })
        let findings = await StateStore.inspect(folder: folder)
        #expect(findings.map(\.kind) == [error.kind], "inspection tells the same")
        return error
    }

    @Test(.enabled(if: isSuperuser)) func folderOfAnotherUserIsRefused() async throws {
        let folder = try await sound()
        #expect(chown(folder.path, 12_345, 12_345) == 0)
        let error = try await refusal(folder.path)
        #expect(error.kind == .foreign)
        #expect(error.problem.contains("belongs to user 12345"))
        #expect("\(error)".contains("chown"))
    }

    @Test(.enabled(if: isSuperuser), arguments: ["", "-wal", "-shm"])
    func fileOfAnotherUserIsRefused(suffix: String) async throws {
        let folder = try await sound()
        let file = folder.path + "/state.sqlite3" + suffix
        if !suffix.isEmpty { try folder.write("state.sqlite3" + suffix, []) }
        #expect(chown(file, 12_345, 12_345) == 0)
        let error = try await refusal(folder.path)
        #expect(error.kind == .foreign)
        #expect(error.path == file)
    }

    /// It is not made private, since something else is in it.
    @Test(arguments: [0o777, 0o770, 0o702] as [mode_t])
    func folderThatOthersMayWriteIsRefused(mode: mode_t) async throws {
        let folder = try await sound()
        try folder.write("something-else", [1])
        #expect(chmod(folder.path, mode) == 0)
        let error = try await refusal(folder.path)
        #expect(error.kind == .foreign)
        #expect(error.problem == "other users may write it")
        #expect(try TemporaryFolder.mode(of: folder.path) == mode, "left alone")
    }

    @Test(arguments: [0o755, 0o1777] as [mode_t])
    func folderInWhichNobodyCanReplaceTheStateWillDo(mode: mode_t) async throws {
        let folder = try await sound()
        try folder.write("something-else", [1])
        #expect(chmod(folder.path, mode) == 0)
        _ = try await StateStore.open(folder: folder.path)
        #expect(await StateStore.inspect(folder: folder.path) == [])
    }

    @Test func fileThatOthersMayWriteIsClosedToThem() async throws {
        let folder = try await sound()
        #expect(chmod(folder.path + "/state.sqlite3", 0o666) == 0)
        #expect(await StateStore.inspect(folder: folder.path).map(\.kind) == [.foreign], "looking mends nothing")
        _ = try await StateStore.open(folder: folder.path)
        #expect(try TemporaryFolder.mode(of: folder.path + "/state.sqlite3") == 0o600)
    }
}
