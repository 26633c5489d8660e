import C8Sandbox
import Foundation
import Testing

@Suite struct FileDoorFolderTests {
    @Test func foldersAreMade() throws {
        let folder = try DoorFolder()
        let door = folder.door(write: .paths(["inside"]))
        try door.makeDirectory("inside/one")
        #expect(folder.mode("inside/one") == 0o700)
        #expect(outcome { try door.makeDirectory("inside/one") } == "EEXIST")
        #expect(outcome { try door.makeDirectory("inside/x/y/z") } == "ENOENT")
        try door.makeDirectory("inside/x/y/z", parents: true)
        try door.makeDirectory("inside/x/y/z/", parents: true)
        try door.makeDirectory("inside", parents: true)
        #expect(folder.names("inside/x/y") == ["z"])
        #expect(outcome { try door.makeDirectory("inside/a.txt", parents: true) } == "EEXIST")
        #expect(outcome { try door.makeDirectory("inside/a.txt/b", parents: true) } == "ENOTDIR")
        #expect(outcome { try door.makeDirectory("outside/x", parents: true) } == "denied")
        #expect(outcome { try folder.door().makeDirectory("inside/y") } == "denied")
    }

    @Test func grantedFolderThatIsNotThereYetIsMade() throws {
        let folder = try DoorFolder()
        let door = folder.door(read: .paths(["inside/new/out"]), write: .paths(["inside/new/out"]))
        #expect(outcome { try door.makeDirectory("inside/new") } == "denied")
        try folder.folder("inside/new")
        try door.makeDirectory("inside/new/out", parents: true)
        try door.write("x", to: "inside/new/out/file")
        #expect(try door.text("inside/new/out/file") == "x")
    }

    @Test func filesAndEmptyFoldersAreRemoved() throws {
        let folder = try DoorFolder()
        try folder.folder("inside/empty")
        try folder.folder("inside/full")
        try folder.file("inside/full/x", "")
        try folder.link("inside/link", to: "../outside/secret.txt")
        let door = folder.door(write: .paths(["inside"]))
        for path in ["inside/a.txt", "inside/empty", "inside/link"] { try door.remove(FilePath(path)) }
        #expect(outcome { try door.remove("inside/full") } == "ENOTEMPTY")
        #expect(outcome { try door.remove("inside/missing") } == "ENOENT")
        #expect(outcome { try door.remove("inside") } == "denied")
        #expect(outcome { try door.remove("outside/secret.txt") } == "denied")
        #expect(folder.names("inside") == ["full"])
        #expect(folder.text("outside/secret.txt") == "outside")
    }

    @Test func removalOfAFolderFollowsNoLink() throws {
        let folder = try DoorFolder()
        try folder.folder("inside/tree/deep/deeper")
        try folder.file("inside/tree/deep/x", "")
        try folder.link("inside/tree/deep/out", to: "../../../outside")
        try folder.link("inside/tree/link", to: folder.outside + "/secret.txt")
        let door = folder.door(write: .paths(["inside"]))
        #expect(throws: CancellationError.self) {
            try door.remove("inside/tree", recursive: true, isStopped: { true })
        }
        try door.remove("inside/tree", recursive: true)
        #expect(folder.names("inside") == ["a.txt"])
        #expect(folder.text("outside/secret.txt") == "outside")
    }

    @Test func filesAreRenamed() throws {
        let folder = try DoorFolder()
        try folder.folder("inside/sub")
        try folder.file("inside/old", "old")
        let door = folder.door(write: .paths(["inside"]))
        try door.rename("inside/a.txt", to: "inside/sub/b.txt")
        try door.rename("inside/sub/b.txt", to: "inside/old")
        try door.rename("inside/sub", to: "inside/folder/")
        #expect(folder.names("inside") == ["folder", "old"])
        #expect(folder.text("inside/old") == "inside")
    }

    @Test(
        arguments: [
            ("inside/a.txt", "outside/b.txt", "denied"), ("outside/secret.txt", "inside/b.txt", "denied"),
            ("inside/a.txt", "inside/out/b.txt", "denied"), ("inside/fifo", "inside/b", "denied"),
            ("inside/a.txt", "inside/fifo", "denied"), ("inside", "inside/x", "denied"),
            ("inside/a.txt", "inside", "denied"),
            ("inside/missing", "inside/b", "ENOENT"), ("inside/a.txt", "inside/b/", "ENOTDIR"),
            ("inside/folder", "inside/folder/x", "EINVAL"), ("inside/a.txt", "inside/folder", "EISDIR"),
            ("inside/a.txt", "inside/no\0", "EINVAL"),
        ] as [(String, String, String)])
    func renamingNeedsBothEnds(from: String, to: String, expected: String) throws {
        let folder = try DoorFolder()
        try folder.folder("inside/folder")
        try folder.link("inside/out", to: "../outside")
        #expect(mkfifo(folder.inside + "/fifo", 0o600) == 0)
        let code = outcome {
            try folder.door(write: .paths(["inside"])).rename(FilePath(from), to: FilePath(to))
        }
        #expect(code == expected)
        #expect(folder.names("outside") == ["secret.txt"])
        #expect(folder.text("inside/a.txt") == "inside")
    }

    /// Writing alone must not become reading by way of moving.
    @Test func whatCannotBeReadIsNotMovedWhereItCan() throws {
        let folder = try DoorFolder()
        try folder.folder("inside/public")
        try folder.folder("inside/later")
        try folder.file("inside/secret", "secret")
        try folder.folder("inside/tree")
        try folder.file("inside/tree/granted", "secret")
        let door = folder.door(
            read: .paths(["inside/public", "inside/later/granted"]), write: .paths(["inside"]))
        try FileManager.default.removeItem(atPath: folder.inside + "/later")
        #expect(outcome { try door.rename("inside/secret", to: "inside/public/x") } == "denied")
        #expect(outcome { try door.rename("inside/tree", to: "inside/later") } == "denied")
        try door.rename("inside/secret", to: "inside/other")
        let shut = folder.door(write: .paths(["inside"]), denyRead: .paths(["inside/tree"]))
        #expect(outcome { try shut.rename("inside/tree/granted", to: "inside/x") } == "denied")
        #expect(outcome { try shut.rename("inside/tree", to: "inside/x") } == "denied")
    }
}
