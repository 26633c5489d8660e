import C8Sandbox
import CLinuxShims
import Foundation
import Synchronization
import Testing

/// An attacker exchanges a part of the path, as fast as it can, while the door opens it.
@Suite(.serialized) struct FileDoorRaceTests {
    /// Exchanges two names below a folder until told to stop, and returns how often it did.
    private final class Exchanger: Sendable {
        private let isDone = Atomic(false)
        private let count = Atomic(0)

        init(_ folder: String, _ one: String, _ other: String) {
            let thread = Thread { [self] in
                let directory = c8_open_directory(folder)
                while !isDone.load(ordering: .relaxed) {
                    if c8_move(directory, one, directory, other, 1) == 0 { count.add(1, ordering: .relaxed) }
                }
                close(directory)
                isDone.store(false, ordering: .releasing)
            }
            thread.start()
        }

        func finish() -> Int {
            isDone.store(true, ordering: .relaxed)
            while isDone.load(ordering: .acquiring) { sched_yield() }
            return count.load(ordering: .relaxed)
        }
    }

    @Test(
        arguments: [
            ("dir/x", "dir", "evil", 10_000), ("x", "x", "evil-file", 3_000), ("deep/dir/x", "deep/dir", "evil", 3_000),
        ])
    func exchangeOfALinkNeverLeaks(path: String, one: String, other: String, rounds: Int) throws {
        let folder = try DoorFolder()
        try folder.folder("inside/dir")
        try folder.folder("inside/deep/dir")
        try folder.file("inside/dir/x", "inside")
        try folder.file("inside/deep/dir/x", "inside")
        try folder.file("inside/x", "inside")
        try folder.file("outside/x", "outside")
        try folder.link("inside/evil", to: "../outside")
        try folder.link("inside/evil-file", to: folder.outside + "/x")
        let door = folder.door(write: .paths(["inside"]))
        let exchanger = Exchanger(folder.inside, one, other)
        var tally: [String: Int] = [:]
        for round in 0..<rounds {
            var text = ""
            let problem = outcome { text = try door.text("inside/" + path) }
            tally[problem ?? text, default: 0] += 1
            // Every so often a write to the same place, which must not come out either.
            if round.isMultiple(of: 100) { _ = outcome { try door.write("inside", to: "inside/" + path) } }
        }
        let exchanges = exchanger.finish()
        #expect(tally["outside"] == nil)
        #expect(tally["inside", default: 0] > 0)
        #expect(Set(tally.keys).isSubset(of: ["inside", "denied", "ENOENT", "EAGAIN"]), "\(tally)")
        #expect(exchanges > 0)
        #expect(folder.text("outside/x") == "outside")
        #expect(folder.names("outside") == ["secret.txt", "x"])
    }

    @Test func exchangeOfADeniedFolderNeverLeaks() throws {
        let folder = try DoorFolder()
        try folder.folder("inside/open")
        try folder.folder("inside/shut")
        try folder.file("inside/open/x", "inside")
        try folder.file("inside/shut/x", "shut")
        let door = folder.door(denyRead: .paths(["inside/shut"]))
        let exchanger = Exchanger(folder.inside, "open", "shut")
        var tally: [String: Int] = [:]
        for _ in 0..<3_000 {
            var text = ""
            let problem = outcome { text = try door.text("inside/open/x") }
            tally[problem ?? text, default: 0] += 1
        }
        #expect(exchanger.finish() > 0)
        #expect(tally["shut"] == nil)
        #expect(tally["inside", default: 0] + tally["denied", default: 0] > 0, "\(tally)")
    }
}
