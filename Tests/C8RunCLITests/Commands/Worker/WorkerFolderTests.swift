import Foundation
import Synchronization
import Testing

@testable import C8RunCLI

/// The folders of workers, and what becomes of those that were left behind.
@Suite struct WorkerFolderTests {
    private let folder =
        FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
        + "/c8run-folders-\(UUID().uuidString)"

    init() throws {
        try FileManager.default.createDirectory(atPath: folder + "/shared", withIntermediateDirectories: true)
    }

    private var shared: String { folder + "/shared" }

    private func names(_ path: String = "") -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: shared + path))?.sorted() ?? []
    }

    /// As a worker that was killed leaves it.
    private func leave(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: "\(shared)/\(name)/ab/lib", withIntermediateDirectories: true)
        try Data("return 1".utf8).write(to: URL(fileURLWithPath: "\(shared)/\(name)/ab/lib/prices.lua"))
    }

    @Test func abandonedFoldersGoAndLiveOnesStay() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let live = try WorkerFolder(in: shared)
        try leave("4000001-a1")
        try leave("4000002-b2")
        WorkerFolder.removeAbandoned(in: shared)
        #expect(names() == [URL(fileURLWithPath: live.path).lastPathComponent])
    }

    @Test func folderGoesWithItsWorker() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        do {
            let own = try WorkerFolder(in: shared)
            try Data().write(to: URL(fileURLWithPath: own.path + "/file"))
            #expect(names().count == 1)
        }
        #expect(names() == [])
    }

    @Test func linksAreNotFollowedAndOtherNamesStay() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let outside = folder + "/outside"
        try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: outside + "/kept"))
        try leave("17-c3")
        // Within a folder, in the place of one, and the folder as a whole.
        try FileManager.default.createSymbolicLink(atPath: shared + "/17-c3/link", withDestinationPath: outside)
        try FileManager.default.createSymbolicLink(atPath: shared + "/18-d4", withDestinationPath: outside)
        for name in ["19", "mine", "20-", "-5", "21-XY", "22-a-b"] { try leave(name) }
        WorkerFolder.removeAbandoned(in: shared)
        #expect(names() == ["-5", "18-d4", "19", "20-", "21-XY", "22-a-b", "mine"])
        try FileManager.default.createSymbolicLink(atPath: folder + "/alias", withDestinationPath: shared)
        try leave("23-e5")
        WorkerFolder.removeAbandoned(in: folder + "/alias")
        #expect(names().contains("23-e5"))
        #expect(FileManager.default.contents(atPath: outside + "/kept") == Data("mine".utf8))
    }

    /// Folders are made and tidied away at once, again and again: nobody loses the one that he has.
    @Test func whoTidiesUpNeverTakesALiveFolder() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let shared = shared
        let isOver = Flag()
        let lost = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    while !isOver.isSet {
                        WorkerFolder.removeAbandoned(in: shared)
                        await Task.yield()
                    }
                    return 0
                }
            }
            group.addTask {
                defer { isOver.set() }
                var lost = 0
                for _ in 0..<300 {
                    guard let own = try? WorkerFolder(in: shared) else {
                        lost += 1
                        continue
                    }
                    await Task.yield()
                    if !FileManager.default.fileExists(atPath: own.path) { lost += 1 }
                }
                return lost
            }
            return await group.reduce(0, +)
        }
        #expect(lost == 0)
        #expect(names() == [])
    }

    private final class Flag: Sendable {
        private let value = Atomic(false)
        var isSet: Bool { value.load(ordering: .relaxed) }
        func set() { value.store(true, ordering: .relaxed) }
    }
}
