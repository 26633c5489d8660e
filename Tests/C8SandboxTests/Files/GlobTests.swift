import Foundation
import Testing

@testable import C8Sandbox

@Suite struct GlobTests {
    @Test(
        arguments: [
            ("*.csv", "a.csv", true), ("*.csv", ".csv", false), ("*.csv", "a.csv.gz", false), ("a?c", "abc", true),
            ("a?c", "ac", false), ("a?c", "aéc", true), ("[a-c]x", "bx", true), ("[a-c]x", "dx", false),
            ("[!a-c]x", "dx", true), ("[^a-c]x", "ax", false), ("[]]", "]", true), ("[a-]", "-", true),
            ("[", "[", true),
            ("[ab", "[ab", true), ("*", "", true), ("*a*b*", "xaxxbx", true), ("*a*b*", "xbxxa", false),
            ("**x", "yx", true),
            (".*", ".h", true), ("?h", ".h", false), ("[.]h", ".h", false), ("中*", "中文", true), ("[一-龥]", "中", true),
        ] as [(String, String, Bool)])
    func nameIsMatched(pattern: String, name: String, matches: Bool) {
        // A part without a pattern in it is kept as text; the leading `*` part makes it one.
        let glob = GlobPattern(FilePath("*/" + pattern))
        #expect(glob.closure(glob.advance([1], over: Array(name.utf8))).contains(2) == matches)
    }

    @Test func hostilePatternTakesNoLonger() {
        let pattern = GlobPattern(FilePath(String(repeating: "*a", count: 120) + "b"))
        let name = [UInt8](repeating: UInt8(ascii: "a"), count: 255)
        let clock = ContinuousClock()
        let elapsed = clock.measure { #expect(pattern.advance([0], over: name).isEmpty) }
        #expect(elapsed < .seconds(20))
    }

    private func tree() throws -> DoorFolder {
        let folder = try DoorFolder()
        for path in ["x/y/z", "x/.git", "shut"] { try folder.folder("inside/\(path)") }
        for path in ["b.csv", ".h.csv", "x/c.csv", "x/y/d.csv", "x/y/z/e.csv", "x/.git/f.csv", "shut/g.csv"] {
            try folder.file("inside/\(path)", "")
        }
        try folder.link("inside/out", to: "../outside")
        try folder.link("inside/in", to: "x")
        try folder.link("inside/x/round", to: "..")
        try folder.file("outside/o.csv", "")
        return folder
    }

    @Test(
        arguments: [
            ("inside/*.csv", "inside/b.csv"), ("./inside/*.csv", "inside/b.csv"), ("inside/.*.csv", "inside/.h.csv"),
            ("inside/*/*.csv", "inside/in/c.csv inside/x/c.csv"), ("inside/out/*", "denied"),
            ("inside/**/*.csv", "inside/b.csv inside/x/c.csv inside/x/y/d.csv inside/x/y/z/e.csv"),
            ("inside/**/y/*.csv", "inside/x/y/d.csv"), ("inside/x/**/**/d.csv", "inside/x/y/d.csv"),
            ("inside/x/*/../*", ""), ("inside/x/.git/*", "inside/x/.git/f.csv"), ("inside/a.txt", "inside/a.txt"),
            ("inside/missing", ""), ("inside/missing/*", ""), ("inside/a.txt/*", ""), ("outside/*", "denied"),
            ("*", "denied"), ("inside/../outside/*", "denied"), ("inside/[", ""),
            (
                "inside/x/**",
                "inside/x/c.csv inside/x/round inside/x/y inside/x/y/d.csv inside/x/y/z inside/x/y/z/e.csv"
            ),
        ] as [(String, String)])
    func pathsAreFound(pattern: String, expected: String) throws {
        let folder = try tree()
        let door = folder.door(denyRead: .paths(["inside/shut"]))
        var found = ""
        let problem = outcome { found = try door.glob(FilePath(pattern)).map(\.description).joined(separator: " ") }
        #expect((problem ?? found) == expected)
    }

    @Test func absolutePatternGivesAbsolutePaths() throws {
        let folder = try tree()
        let found = try folder.door(read: .all).glob(FilePath(folder.outside + "/*.csv"))
        #expect(found.map(\.description) == [folder.outside + "/o.csv"])
    }

    @Test func walkStopsWhenTheScriptDoes() throws {
        let folder = try tree()
        #expect(throws: CancellationError.self) { try folder.door().glob("inside/**", isStopped: { true }) }
    }
}
