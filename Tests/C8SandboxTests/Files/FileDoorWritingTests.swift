import C8Sandbox
import Foundation
import Testing

@Suite struct FileDoorWritingTests {
    @Test func newFileIsForTheUserAlone() throws {
        let folder = try DoorFolder()
        let door = folder.door(write: .paths(["inside"]))
        try door.write("new", to: "inside/new.txt")
        #expect(folder.text("inside/new.txt") == "new")
        #expect(folder.mode("inside/new.txt") == 0o600)
        try door.append(Array(" more".utf8), to: "inside/new.txt")
        try door.append(Array("first".utf8), to: "inside/log.txt")
        #expect(folder.text("inside/new.txt") == "new more")
        #expect(folder.text("inside/log.txt") == "first")
        #expect(folder.mode("inside/log.txt") == 0o600)
        #expect(folder.names("inside") == ["a.txt", "log.txt", "new.txt"])
    }

    @Test func existingFileKeepsItsPermissions() throws {
        let folder = try DoorFolder()
        #expect(chmod(folder.inside + "/a.txt", 0o4644) == 0)
        try folder.door(write: .paths(["inside"])).write("new", to: "inside/a.txt")
        #expect(folder.text("inside/a.txt") == "new")
        #expect(folder.mode("inside/a.txt") == 0o644)
    }

    @Test func fileAppearsOnlyWithItsCommit() throws {
        let folder = try DoorFolder()
        let door = folder.door(write: .paths(["inside"]))
        let kept = try door.replace("inside/a.txt")
        try kept.write(Array("half".utf8))
        #expect(folder.text("inside/a.txt") == "inside")
        try kept.write(Array(" whole".utf8))
        try kept.commit()
        #expect(folder.text("inside/a.txt") == "half whole")
        #expect(throws: FileError.self) { try kept.commit() }
        let dropped = try door.replace("inside/a.txt")
        try dropped.write(Array("never".utf8))
        dropped.discard()
        #expect(throws: FileError.self) { try dropped.write([1]) }
        do { _ = try door.replace("inside/b.txt") }
        #expect(folder.text("inside/a.txt") == "half whole")
        #expect(folder.names("inside") == ["a.txt"])
    }

    @Test(
        arguments: [
            ("inside/link", "ELOOP"), ("inside/out", "ELOOP"), ("inside/dangling", "ELOOP"), ("inside/fifo", "denied"),
            ("inside/folder", "EISDIR"), ("inside", "EISDIR"), ("inside/new/", "EISDIR"),
            ("inside/missing/x", "ENOENT"),
            ("outside/x", "denied"), ("inside/away/x", "denied"), ("inside/../outside/x", "denied"),
            ("inside/x\0", "EINVAL"),
            ("/proc/self/comm", "denied"), ("/dev/null", "denied"), ("inside/shm", "ELOOP"),
        ] as [(String, String)])
    func nothingIsWrittenThrough(path: String, expected: String) throws {
        let folder = try DoorFolder()
        try folder.folder("inside/folder")
        try folder.link("inside/link", to: "a.txt")
        try folder.link("inside/out", to: "../outside/secret.txt")
        try folder.link("inside/dangling", to: "../outside/new")
        try folder.link("inside/away", to: "../outside")
        try folder.link("inside/shm", to: "/dev/null")
        #expect(mkfifo(folder.inside + "/fifo", 0o600) == 0)
        for scope in [FileGrants.Scope.paths(["inside"]), .all] {
            let door = folder.door(write: scope)
            // With everything granted, outside is no longer out of bounds.
            if scope == .all && path.hasSuffix("/x") && expected == "denied" { continue }
            #expect(outcome { try door.write("x", to: path) } == expected)
            #expect(outcome { try door.append([120], to: FilePath(path)) } == expected)
        }
        #expect(folder.names("outside") == ["secret.txt"])
        #expect(folder.text("outside/secret.txt") == "outside")
        #expect(folder.text("inside/a.txt") == "inside")
    }

    @Test func writingNeedsItsOwnGrantAndGivesNoReading() throws {
        let folder = try DoorFolder()
        #expect(outcome { try folder.door().write("x", to: "inside/a.txt") } == "denied")
        let door = folder.door(read: FileGrants.Scope.none, write: .paths(["inside"]))
        try door.write("x", to: "inside/a.txt")
        #expect(outcome { _ = try door.text("inside/a.txt") } == "denied")
        #expect(outcome { _ = try door.exists("inside/a.txt") } == "denied")
        #expect(outcome { _ = try door.list("inside") } == "denied")
    }

    @Test func grantOfAFileThatIsNotThereYet() throws {
        let folder = try DoorFolder()
        let door = folder.door(read: .paths(["inside/out.csv"]), write: .paths(["inside/out.csv"]))
        try door.write("1", to: "inside/out.csv")
        try door.write("2", to: "inside/out.csv")
        #expect(try door.text("inside/out.csv") == "2")
        #expect(outcome { try door.write("x", to: "inside/other.csv") } == "denied")
        #expect(outcome { try door.write("x", to: "inside/a.txt") } == "denied")
        #expect(folder.names("inside") == ["a.txt", "out.csv"])
    }

    /// Needs the right to mount; without it there is no disk to fill.
    @Test func fullDiskLeavesTheOldContent() throws {
        let folder = try DoorFolder()
        try folder.folder("inside/small")
        guard mount("c8run-test", folder.inside + "/small", "tmpfs", 0, "size=64k") == 0 else {
            #expect(errno == EPERM)
            return
        }
        defer { umount2(folder.inside + "/small", Int32(MNT_DETACH)) }
        let door = folder.door(write: .paths(["inside"]))
        try door.write("old", to: "inside/small/file")
        let big = [UInt8](repeating: 120, count: 1 << 20)
        let error = #expect(throws: FileError.self) { try door.write(big, to: "inside/small/file") }
        #expect(error?.code == "ENOSPC")
        #expect(error?.description.hasSuffix("No space left on device") == true)
        #expect(folder.text("inside/small/file") == "old")
        #expect(folder.names("inside/small") == ["file"])
        #expect(outcome { try door.append(big, to: "inside/small/file") } == "ENOSPC")
        #expect(outcome { try door.rename("inside/small/file", to: "inside/file") } == "EXDEV")
    }
}
