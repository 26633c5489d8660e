import C8Sandbox
import Foundation
import Testing

@Suite struct ScriptFolderTests {
    private func withFolder(_ body: (ScriptFolder, URL) throws -> Void) throws {
        let base = FileManager.default.temporaryDirectory.appendingPathComponent("c8run-\(UUID().uuidString)")
        let inside = base.appendingPathComponent("inside")
        try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: base) }
        try "outside".write(to: base.appendingPathComponent("outside.lua"), atomically: true, encoding: .utf8)
        try "inside".write(to: inside.appendingPathComponent("a.lua"), atomically: true, encoding: .utf8)
        try body(try ScriptFolder(path: inside.path), inside)
    }

    @Test func fileBelowTheFolderIsRead() throws {
        try withFolder { folder, _ in
            let bytes = try folder.read("a.lua")
            #expect(bytes == Array("inside".utf8))
        }
    }

    @Test func linkThatStaysInsideIsFollowed() throws {
        try withFolder { folder, inside in
            try FileManager.default.createSymbolicLink(
                atPath: inside.appendingPathComponent("link.lua").path, withDestinationPath: "a.lua")
            #expect(try folder.read("link.lua") == Array("inside".utf8))
        }
    }

    @Test(arguments: [
        "../outside.lua", "/etc/passwd", "out.lua", "missing.lua", ".", "a.lua\0.txt", "fifo", "proc/self/environ",
    ])
    func nothingElseIs(path: String) throws {
        try withFolder { folder, inside in
            try FileManager.default.createSymbolicLink(
                atPath: inside.appendingPathComponent("out.lua").path, withDestinationPath: "../outside.lua")
            try FileManager.default.createSymbolicLink(
                atPath: inside.appendingPathComponent("proc").path, withDestinationPath: "/proc")
            #expect(mkfifo(inside.appendingPathComponent("fifo").path, 0o600) == 0)
            #expect(try folder.read(path) == nil)
        }
    }
}
