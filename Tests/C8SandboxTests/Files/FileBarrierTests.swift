import C8Sandbox
import Foundation
import Testing

@Suite struct FileBarrierTests {
    @Test(arguments: [
        "inside/shut/x", "inside/shut/deep/y", "inside/link/x", "inside/file-link", "inside/other-name", "inside/shut",
        "inside/../inside/shut/x",
    ])
    func denialHoldsUnderEveryName(path: String) throws {
        let folder = try DoorFolder()
        try folder.folder("inside/shut/deep")
        try folder.file("inside/shut/x", "shut")
        try folder.file("inside/shut/deep/y", "shut")
        try folder.file("inside/one", "shut")
        try folder.link("inside/link", to: "shut")
        try folder.link("inside/file-link", to: "shut/deep/y")
        try folder.hardLink("inside/other-name", to: "inside/one")
        for read in [FileGrants.Scope.all, .paths(["inside"])] {
            let door = folder.door(read: read, denyRead: .paths(["inside/shut", "inside/one"]))
            #expect(outcome { _ = try door.text(path) } == "denied")
            #expect(outcome { _ = try door.status(FilePath(path)) } == "denied")
            #expect(try door.text("inside/a.txt") == "inside")
        }
    }

    @Test func denialOfEverythingWins() throws {
        let folder = try DoorFolder()
        let door = folder.door(read: .all, denyRead: .all)
        let denial = #expect(throws: SandboxDenial.self) { try door.text("inside/a.txt") }
        #expect(denial?.remedy.hasPrefix("--deny-read forbids it") == true)
    }

    @Test func denialOfWritingLeavesReading() throws {
        let folder = try DoorFolder()
        let door = folder.door(write: .paths(["inside"]), denyWrite: .paths(["inside/a.txt"]))
        #expect(try door.text("inside/a.txt") == "inside")
        #expect(outcome { try door.write("x", to: "inside/a.txt") } == "denied")
        #expect(outcome { try door.append([], to: "inside/a.txt") } == "denied")
        #expect(outcome { try door.remove("inside/a.txt") } == "denied")
        #expect(folder.text("inside/a.txt") == "inside")
    }

    /// The state folder, the configuration and key files, in all the ways a script might come at them.
    @Test(
        arguments: [
            "inside/state/db", "inside/state", "inside/link/db", "inside/key", "inside/key-link", "inside/hard-key",
            "inside/hard-db", "inside/state/new", "/proc/self/root/BASE/inside/state/db",
            "/proc/self/cwd/inside/state/db",
        ], [FileGrants.Scope.all, .paths(["inside"])])
    func whatIsWithheldIsOutOfReach(path: String, scope: FileGrants.Scope) throws {
        let folder = try DoorFolder()
        try folder.folder("inside/state")
        try folder.file("inside/state/db", "secret")
        try folder.file("inside/key", "secret")
        try folder.link("inside/link", to: "state")
        try folder.link("inside/key-link", to: "key")
        try folder.hardLink("inside/hard-key", to: "inside/key")
        try folder.hardLink("inside/hard-db", to: "inside/state/db")
        let path = path.replacingOccurrences(of: "BASE", with: folder.base)
        let door = folder.door(read: scope, write: scope, withheld: [folder.inside + "/state", folder.inside + "/key"])
        #expect(outcome { _ = try door.text(path) } == "denied")
        #expect(outcome { _ = try door.list(FilePath(path)) } == "denied")
        #expect(outcome { _ = try door.status(FilePath(path)) } == "denied")
        // A link as the last part is refused for what it is.
        let refusals = ["denied", "ELOOP"]
        #expect(refusals.contains(outcome { try door.write("x", to: path) } ?? ""))
        #expect(refusals.contains(outcome { try door.append([1], to: FilePath(path)) } ?? ""))
        if path != "inside/key-link" {
            #expect(outcome { try door.rename(FilePath(path), to: "inside/moved") } == "denied")
            #expect(outcome { try door.rename("inside/a.txt", to: FilePath(path)) } == "denied")
            #expect(outcome { try door.remove(FilePath(path), recursive: true) } == "denied")
        }
        #expect(folder.text("inside/state/db") == "secret")
        #expect(folder.text("inside/key") == "secret")
    }

    @Test func whatIsWithheldMayAppearLater() throws {
        let folder = try DoorFolder()
        let door = folder.door(
            write: .paths(["inside"]), withheld: [folder.inside + "/config/config.toml"])
        try folder.link("inside/alias", to: ".")
        try door.makeDirectory("inside/config")
        #expect(outcome { try door.write("x", to: "inside/config/config.toml") } == "denied")
        #expect(outcome { try door.write("x", to: "inside/alias/config/config.toml") } == "denied")
        #expect(outcome { try door.makeDirectory("inside/config/config.toml") } == "denied")
        try folder.file("inside/config/config.toml", "secret")
        try folder.hardLink("inside/other", to: "inside/config/config.toml")
        #expect(outcome { _ = try door.text("inside/other") } == "denied")
        try door.write("x", to: "inside/config/neighbour")
        #expect(folder.text("inside/config/neighbour") == "x")
    }

    @Test func folderAroundABarrierStaysWhereItIs() throws {
        let folder = try DoorFolder()
        try folder.folder("inside/home/state")
        try folder.file("inside/home/state/db", "secret")
        let door = folder.door(write: .paths(["inside"]), withheld: [folder.inside + "/home/state"])
        #expect(outcome { try door.rename("inside/home", to: "inside/moved") } == "denied")
        #expect(outcome { try door.remove("inside/home", recursive: true) } == "denied")
        #expect(outcome { try door.rename("inside/a.txt", to: "inside/home/state/db") } == "denied")
        #expect(folder.text("inside/home/state/db") == "secret")
    }

    @Test func barrierFollowsWhatIsMovedByOthers() throws {
        let folder = try DoorFolder()
        try folder.folder("inside/state")
        try folder.file("inside/state/db", "secret")
        let door = folder.door(withheld: [folder.inside + "/state"])
        try FileManager.default.moveItem(atPath: folder.inside + "/state", toPath: folder.inside + "/elsewhere")
        #expect(outcome { _ = try door.text("inside/elsewhere/db") } == "denied")
    }
}
