import C8Sandbox
import Foundation
import Testing

/// What a door opens that is bounded by another one: what both of them grant.
@Suite struct FileDoorCeilingTests {
    /// All files for the script, of which whoever runs it grants `inside` alone.
    private func door(
        _ folder: DoorFolder, own: FileGrants = FileGrants(allowRead: .all, allowWrite: .all),
        ceiling: FileGrants? = nil
    ) -> FileDoor {
        let bound = ceiling ?? FileGrants(allowRead: .paths([folder.inside]), allowWrite: .paths([folder.inside]))
        return FileDoor(
            grants: own, ceiling: FileDoor(grants: bound, workingDirectory: folder.base),
            workingDirectory: folder.base)
    }

    @Test(
        arguments: [
            ("inside/a.txt", "fine"), ("inside/../inside/a.txt", "fine"), ("inside/link.txt", "fine"),
            ("inside/round/inside/a.txt", "fine"), ("inside/missing", "ENOENT"), ("inside/none/missing", "ENOENT"),
            ("outside/secret.txt", "denied"), ("outside/missing", "denied"), ("outside/none/missing", "denied"),
            ("inside/../outside/secret.txt", "denied"), ("inside/out.txt", "denied"),
            ("inside/out/secret.txt", "denied"), ("inside/nowhere", "denied"), ("inside/out/missing", "denied"),
            ("inside/root/etc/passwd", "denied"), ("inside/proc/self/environ", "denied"), ("/etc/passwd", "denied"),
            ("/proc/self/environ", "denied"), ("insidious", "denied"), ("inside/circle", "denied"),
        ] as [(String, String)])
    func pathIsOpenedAsFarAsBothGrantIt(path: String, expected: String) throws {
        let folder = try DoorFolder()
        try folder.link("inside/link.txt", to: "a.txt")
        try folder.link("inside/round", to: "..")
        try folder.link("inside/out.txt", to: "../outside/secret.txt")
        try folder.link("inside/out", to: "../outside")
        try folder.link("inside/nowhere", to: "../outside/missing")
        try folder.link("inside/root", to: "/")
        try folder.link("inside/proc", to: "/proc")
        try folder.link("inside/circle", to: "circle")
        try folder.file("insidious", "outside")
        let door = door(folder)
        #expect(outcome { _ = try door.text(path) } ?? "fine" == expected)
    }

    @Test(arguments: ["outside/new.txt", "inside/out/new.txt", "new.txt", "inside/../new.txt"])
    func nothingIsWrittenOutOfBounds(path: String) throws {
        let folder = try DoorFolder()
        try folder.link("inside/out", to: "../outside")
        let door = door(folder)
        let before = folder.names("outside") + folder.names("")
        #expect(outcome { try door.write(Array("x".utf8), to: FilePath(path)) } == "denied")
        #expect(outcome { try door.append(Array("x".utf8), to: FilePath(path)) } == "denied")
        #expect(outcome { try door.makeDirectory(FilePath(path)) } == "denied")
        #expect(outcome { try door.makeDirectory(FilePath(path), parents: true) } == "denied")
        #expect(outcome { try door.rename("inside/a.txt", to: FilePath(path)) } == "denied")
        #expect(folder.names("outside") + folder.names("") == before)
        #expect(folder.text("inside/a.txt") == "inside")
    }

    @Test func boundedFolderItselfStays() throws {
        let folder = try DoorFolder()
        let door = door(folder)
        #expect(outcome { try door.remove("inside", recursive: true) } == "denied")
        #expect(outcome { try door.rename("inside", to: "other") } == "denied")
        try door.makeDirectory("inside/new")
        #expect(outcome { try door.rename("inside/new", to: "inside") } == "denied")
        #expect(outcome { try door.remove("outside/secret.txt") } == "denied")
        #expect(folder.text("inside/a.txt") == "inside")
        #expect(folder.text("outside/secret.txt") == "outside")
    }

    @Test func foldersAreMadeWithThoseAboveThem() throws {
        let folder = try DoorFolder()
        try door(folder).makeDirectory("inside/a/b/c", parents: true)
        #expect(folder.names("inside/a/b") == ["c"])
    }

    @Test func whatEitherDeniesStaysShut() throws {
        let folder = try DoorFolder()
        try folder.file("inside/mine.txt", "a")
        try folder.file("inside/theirs.txt", "b")
        try folder.hardLink("inside/other-name.txt", to: "inside/theirs.txt")
        let own = FileGrants(
            allowRead: .all, allowWrite: .all, denyRead: .paths([folder.inside + "/mine.txt"]))
        let bound = FileGrants(
            allowRead: .all, allowWrite: .all, denyRead: .paths([folder.inside + "/theirs.txt"]),
            denyWrite: .paths([folder.inside + "/theirs.txt"]))
        let door = door(folder, own: own, ceiling: bound)
        for name in ["mine.txt", "theirs.txt", "other-name.txt"] {
            #expect(outcome { _ = try door.text("inside/\(name)") } == "denied")
        }
        #expect(outcome { try door.remove("inside/theirs.txt") } == "denied")
        #expect(outcome { try door.remove("inside", recursive: true) } == "denied")
        #expect(outcome { try door.rename("inside/a.txt", to: "inside/theirs.txt") } == "denied")
        #expect(folder.text("inside/theirs.txt") == "b")
    }

    @Test func scriptsOwnGrantsStillCount() throws {
        let folder = try DoorFolder()
        try folder.folder("inside/own")
        try folder.file("inside/own/b.txt", "own")
        let door = door(folder, own: FileGrants(allowRead: .paths([folder.inside + "/own"])))
        #expect(try door.text("inside/own/b.txt") == "own")
        #expect(outcome { _ = try door.text("inside/a.txt") } == "denied")
        #expect(outcome { try door.write([], to: "inside/own/b.txt") } == "denied")
    }

    @Test func boundThatOpensNothingOpensNothing() throws {
        let folder = try DoorFolder()
        let door = door(folder, ceiling: FileGrants())
        #expect(outcome { _ = try door.text("inside/a.txt") } == "denied")
        #expect(outcome { try door.write([], to: "inside/b.txt") } == "denied")
        #expect(outcome { _ = try door.glob("inside/*") } == "denied")
    }

    @Test func oneFileIsOpenWhereTheBoundNamesIt() throws {
        let folder = try DoorFolder()
        try folder.file("inside/b.txt", "b")
        let door = door(folder, ceiling: FileGrants(allowRead: .paths([folder.inside + "/a.txt"])))
        #expect(try door.text("inside/a.txt") == "inside")
        #expect(outcome { _ = try door.text("inside/b.txt") } == "denied")
    }

    /// The bound is for the folder that was there when it was set, whatever takes its name later.
    @Test func folderInThePlaceOfTheGrantedOneIsNotOpen() throws {
        let folder = try DoorFolder()
        let door = door(folder)
        try FileManager.default.moveItem(atPath: folder.inside, toPath: folder.base + "/moved")
        try folder.link("inside", to: folder.outside)
        #expect(outcome { _ = try door.text("inside/secret.txt") } == "denied")
        #expect(try door.text("moved/a.txt") == "inside")
    }

    @Test func patternsFindWhatBothGrant() throws {
        let folder = try DoorFolder()
        let door = door(folder)
        #expect(try door.glob("inside/*.txt").map(\.description) == ["inside/a.txt"])
        #expect(outcome { _ = try door.glob("outside/*") } == "denied")
        #expect(outcome { _ = try door.glob("**/*.txt") } == "denied")
    }
}
