import Fuzzing
import Testing

@testable import C8Sandbox

/// Paths put together at random from what leads astray, against a folder with links out of it: whatever opens is inside.
@Suite struct FileFuzzTests {
    private static let pieces = [
        "/", "..", ".", "inside", "link", "folder", "a.txt", "outside", "secret.txt", "//", "/../", "/./", "\u{0}", "a",
        "proc/self/root", "~",
        "*", "**", "[", "?",
    ]

    @Test func noPathLeavesTheGrant() async throws {
        let folder = try DoorFolder()
        try folder.folder("inside/folder")
        try folder.file("inside/folder/a.txt", "inside")
        try folder.link("inside/link", to: "../outside")
        try folder.link("inside/folder/link", to: "../../outside/secret.txt")
        let door = folder.door()
        try await Fuzzing.loop(least: 3_000) { seed in
            var generator = SeededGenerator(seed: seed)
            let path = folder.inside + "/" + generator.text(of: Self.pieces, most: 7)
            if let file = try? door.openForReading(FilePath(bytes: Array(path.utf8))) {
                let content = try file.readAll(limit: 100, remedy: "")
                #expect(content == Array("inside".utf8), "seed \(seed): \(path)")
            }
            if let found = try? door.glob(FilePath(bytes: Array(path.utf8)), isStopped: { false }) {
                for place in found {
                    #expect(
                        !String(decoding: place.bytes, as: UTF8.self).hasSuffix("secret.txt"), "seed \(seed): \(path)")
                }
            }
        }
    }
}
