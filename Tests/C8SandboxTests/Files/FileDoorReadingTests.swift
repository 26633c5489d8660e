import C8Sandbox
import Foundation
import Testing

@Suite struct FileDoorReadingTests {
    @Test(arguments: [
        "inside/a.txt", "./inside/a.txt", "inside/../inside/a.txt", "inside//a.txt", "BASE/inside/a.txt",
        "inside/link.txt", "inside/absolute.txt", "inside/sub/up.txt", "inside/folder/up.txt",
        "inside/round/inside/a.txt",
    ])
    func fileWithinTheGrantIsRead(path: String) throws {
        let folder = try DoorFolder()
        try folder.folder("inside/sub")
        try folder.link("inside/link.txt", to: "a.txt")
        try folder.link("inside/absolute.txt", to: folder.inside + "/a.txt")
        try folder.link("inside/sub/up.txt", to: "../a.txt")
        try folder.link("inside/folder", to: folder.inside + "/sub")
        try folder.link("inside/round", to: "..")
        // A link out of the grant and back in leads to a granted file, whatever the way.
        #expect(try folder.door().text(path.replacingOccurrences(of: "BASE", with: folder.base)) == "inside")
    }

    @Test(
        arguments: [
            ("outside/secret.txt", "denied"), ("inside/../outside/secret.txt", "denied"), ("/etc/passwd", "denied"),
            ("inside/out.txt", "denied"), ("inside/out/secret.txt", "denied"), ("inside/absolute", "denied"),
            ("inside/nowhere", "denied"), ("inside/chain", "denied"), ("inside/proc/self/environ", "denied"),
            ("inside/root/etc/passwd", "denied"), ("inside/fifo", "denied"), ("inside/socket", "denied"),
            ("inside/zero", "denied"), ("insidious", "denied"), ("/proc/self/environ", "denied"),
            ("/proc/self/root/BASE/inside/a.txt", "denied"), ("inside/missing", "ENOENT"), ("inside/a.txt/", "ENOTDIR"),
            ("inside/a.txt/b", "ENOTDIR"), ("inside", "EISDIR"), ("inside/circle", "denied"), ("", "ENOENT"),
            ("inside/a.txt\0", "EINVAL"), ("inside/dangling", "ENOENT"),
        ] as [(String, String)])
    func nothingElseIs(path: String, expected: String) throws {
        let folder = try DoorFolder()
        try folder.link("inside/out.txt", to: "../outside/secret.txt")
        try folder.link("inside/out", to: "../outside")
        try folder.link("inside/absolute", to: folder.outside + "/secret.txt")
        try folder.link("inside/nowhere", to: "../outside/missing")
        try folder.link("inside/dangling", to: "missing")
        try folder.link("inside/chain", to: "out.txt")
        try folder.link("inside/proc", to: "/proc")
        try folder.link("inside/root", to: "/proc/self/root")
        try folder.link("inside/circle", to: "circle")
        try folder.link("inside/zero", to: "/dev/zero")
        try folder.file("insidious", "outside")
        #expect(mkfifo(folder.inside + "/fifo", 0o600) == 0)
        let bound = bindSocket(folder.inside + "/socket")
        defer { close(bound) }
        let door = folder.door()
        let path = path.replacingOccurrences(of: "BASE", with: folder.base)
        #expect(outcome { _ = try door.text(path) } == expected)
    }

    @Test(arguments: [
        "/proc/self/environ", "/proc/self/root/etc/hostname", "/proc/1/maps", "/sys/kernel/notes", "/dev/zero",
        "/dev/tty",
        "/dev/stdin", "/dev/fd/0", "inside/environ",
    ])
    func grantOfEverythingOpensNoFaceOfTheKernel(path: String) throws {
        let folder = try DoorFolder()
        try folder.link("inside/environ", to: "/proc/self/environ")
        #expect(outcome { _ = try folder.door(read: .all).text(path) } == "denied")
        #expect(
            outcome { _ = try folder.door(read: .paths(["/proc", "/sys", "/dev", "inside"])).text(path) } == "denied")
    }

    @Test func grantOfEverythingOpensFiles() throws {
        let folder = try DoorFolder()
        try folder.link("inside/out.txt", to: "../outside/secret.txt")
        let door = folder.door(read: .all)
        #expect(try door.text("inside/out.txt") == "outside")
        #expect(try door.text(folder.base + "/outside/secret.txt") == "outside")
    }

    @Test func linkIntoAnotherGrantedFolderIsFollowed() throws {
        let folder = try DoorFolder()
        try folder.link("inside/out", to: folder.outside)
        #expect(try folder.door(read: .paths(["inside", "outside"])).text("inside/out/secret.txt") == "outside")
    }

    @Test func grantByALinkIsForWhatItLedTo() throws {
        let folder = try DoorFolder()
        try folder.link("granted", to: "inside")
        let door = folder.door(read: .paths(["granted"]))
        #expect(try door.text("granted/a.txt") == "inside")
        #expect(try door.text("inside/a.txt") == "inside")
        try FileManager.default.removeItem(atPath: folder.base + "/granted")
        try folder.link("granted", to: "outside")
        #expect(outcome { _ = try door.text("granted/secret.txt") } == "ENOENT")
    }

    @Test func grantOfAFileIsForThatFileAlone() throws {
        let folder = try DoorFolder()
        try folder.file("inside/b.txt", "other")
        let door = folder.door(read: .paths(["inside/a.txt", "inside/later.txt"]))
        #expect(try door.text("inside/a.txt") == "inside")
        for path in ["inside/b.txt", "inside", "outside/secret.txt"] {
            #expect(outcome { _ = try door.text(path) } == "denied")
        }
        #expect(outcome { _ = try door.text("inside/later.txt") } == "ENOENT")
        try folder.file("inside/later.txt", "later")
        #expect(try door.text("inside/later.txt") == "later")
        try FileManager.default.removeItem(atPath: folder.inside + "/later.txt")
        try folder.link("inside/later.txt", to: "b.txt")
        #expect(outcome { _ = try door.text("inside/later.txt") } == "denied")
    }

    @Test func denialNamesThePathAndTheFlag() throws {
        let folder = try DoorFolder()
        try folder.link("inside/out.txt", to: "../outside/secret.txt")
        let wanted = #expect(throws: SandboxDenial.self) { try folder.door().text("outside/secret.txt") }
        #expect(wanted?.wanted == "read \(folder.outside)/secret.txt")
        #expect(wanted?.remedy == "run again with --allow-read=\(folder.outside)/secret.txt to allow it")
        let link = #expect(throws: SandboxDenial.self) { try folder.door().text("inside/out.txt") }
        #expect(link?.remedy.contains("a link in the path leads out") == true)
        #expect(link?.remedy.contains("secret") == false)
    }

    @Test func readingIsBounded() throws {
        let folder = try DoorFolder()
        let file = try folder.door().openForReading("inside/a.txt")
        let error = #expect(throws: FileError.self) { try file.readAll(limit: 5, remedy: "use fs.lines") }
        #expect(error?.kind == .limit)
        #expect(error?.description.contains("more than 5 bytes; use fs.lines") == true)
        #expect(try folder.door().openForReading("inside/a.txt").readAll(limit: 6, remedy: "").count == 6)
    }

    @Test func openFilesAreBounded() throws {
        let folder = try DoorFolder()
        let door = folder.door()
        var files = try (0..<64).map { _ in try door.openForReading("inside/a.txt") }
        #expect(outcome { _ = try door.openForReading("inside/a.txt") } == "limit")
        files.removeLast()
        #expect(throws: Never.self) { try door.openForReading("inside/a.txt") }
        #expect(files.count == 63)
    }

    @Test func statusTellsTypesWithoutOpening() throws {
        let folder = try DoorFolder()
        #expect(mkfifo(folder.inside + "/fifo", 0o600) == 0)
        try folder.link("inside/link", to: "a.txt")
        let door = folder.door()
        #expect(try door.status("inside/a.txt").kind == .file)
        #expect(try door.status("inside/a.txt").size == 6)
        #expect(abs(try door.status("inside/a.txt").modified - Date().timeIntervalSince1970) < 60)
        #expect(try door.status("inside").kind == .directory)
        #expect(try door.status("inside/fifo").kind == .other)
        #expect(try door.status("inside/link").kind == .file)
        #expect(try door.status("inside/link", following: false).kind == .link)
    }

    @Test(
        arguments: [
            ("inside/a.txt", "true"), ("inside/missing", "false"), ("inside/a.txt/b", "false"),
            ("inside/dangling", "false"),
            ("outside", "denied"), ("inside/out", "denied"), ("inside/nowhere", "denied"),
        ] as [(String, String)])
    func existenceOutsideIsNotTold(path: String, expected: String) throws {
        let folder = try DoorFolder()
        try folder.link("inside/dangling", to: "missing")
        try folder.link("inside/out", to: "../outside")
        try folder.link("inside/nowhere", to: "../missing")
        var answer = ""
        let problem = outcome { answer = String(try folder.door().exists(FilePath(path))) }
        #expect((problem ?? answer) == expected)
    }

    @Test func listIsSorted() throws {
        let folder = try DoorFolder()
        for name in ["c", "B", ".h", "é"] { try folder.file("inside/\(name)", "") }
        let names = try folder.door().list("inside").map { String(decoding: $0, as: UTF8.self) }
        #expect(names == [".h", "B", "a.txt", "c", "é"])
        #expect(outcome { _ = try folder.door().list("inside/a.txt") } == "ENOTDIR")
        #expect(throws: CancellationError.self) { try folder.door().list("inside", isStopped: { true }) }
    }

    private func bindSocket(_ path: String) -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8).prefix(107)) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(bound == 0)
        return descriptor
    }
}
