import C8Sandbox
import Testing

/// Which rules a list of grants becomes. No kernel is asked.
@Suite struct KernelWallRulesTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let wall: KernelWall
        let rules: [KernelWall.PathRule]
    }

    private static func rule(_ path: String, _ rights: LandlockRights) -> KernelWall.PathRule {
        KernelWall.PathRule(path: path, rights: rights)
    }

    static let cases = [
        Case(testDescription: "nothing granted", wall: KernelWall(), rules: []),
        Case(
            testDescription: "folders and files to read",
            wall: KernelWall(readable: ["/folder", "/folder/file", "/missing"]),
            rules: [rule("/folder", .read), rule("/folder/file", .read)]),
        Case(
            testDescription: "a folder to write",
            wall: KernelWall(writable: ["/folder"]), rules: [rule("/folder", [.write, .readFolder])]),
        Case(
            testDescription: "a file to write is replaced in its folder",
            wall: KernelWall(writable: ["/folder/file"]), rules: [rule("/folder", [.replaceFile, .readFolder])]),
        Case(
            testDescription: "a file to read and write is read again after it was replaced",
            wall: KernelWall(readable: ["/folder/file"], writable: ["/folder/file"]),
            rules: [
                rule("/folder/file", .read), rule("/folder", [.replaceFile, .readFolder, .readFile]),
            ]),
        Case(
            testDescription: "what is yet to come may become a folder",
            wall: KernelWall(writable: ["/folder/new/"]), rules: [rule("/folder", [.write, .readFolder])]),
        Case(
            testDescription: "a missing path in a missing folder",
            wall: KernelWall(writable: ["/missing/new"]), rules: []),
        Case(
            testDescription: "a new name in the root", wall: KernelWall(writable: ["/new"]),
            rules: [rule("/", [.write, .readFolder])]),
        Case(
            testDescription: "everything",
            wall: KernelWall(everythingReadable: true, everythingWritable: true),
            rules: [rule("/", .read), rule("/", [.write, .readFolder])]),
        Case(
            testDescription: "the state", wall: KernelWall(ownFolders: ["/folder", "/missing"]),
            rules: [rule("/folder", [.read, .write])]),
    ]

    @Test(arguments: cases) func listsBecomeRules(_ test: Case) {
        let rules = test.wall.rules { path in
            switch path {
            case "/", "/folder": .folder
            case "/folder/file": .file
            default: .missing
            }
        }
        #expect(rules == test.rules)
    }

    @Test(arguments: [(1, 0x1fff), (2, 0x3fff), (3, 0x7fff), (4, 0x7fff), (5, 0xffff), (7, 0xffff)] as [(Int, UInt64)])
    func noRightIsAskedOfAKernelThatDoesNotKnowIt(_ version: Int, _ bits: UInt64) {
        #expect(LandlockRights.known(toVersion: version).rawValue == bits)
    }

    @Test func programsAreNeverStarted() {
        let everything = KernelWall(
            readable: ["/"], writable: ["/"], everythingReadable: true, everythingWritable: true, ownFolders: ["/"])
        let rules = everything.rules { _ in .folder }
        #expect(rules.allSatisfy { $0.rights.isDisjoint(with: .execute) })
    }

    @Test func reportNamesWhatIsLacking() {
        let report = KernelWallReport(parts: [
            KernelWallReport.Part("files", .partial, "old"), KernelWallReport.Part("ports", .open, "any"),
            KernelWallReport.Part("processes", .enforced, "x"), KernelWallReport.Part("privileges", .missing, "y"),
        ])
        #expect(report.lacking.map(\.name) == ["files", "privileges"])
        #expect(
            report.line == "files: partial (old); ports: open (any); processes: enforced (x); privileges: missing (y)")
    }
}
