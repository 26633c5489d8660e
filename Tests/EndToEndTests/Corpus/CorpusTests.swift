import Foundation
import Testing

/// Hostile scripts, and honest ones that a tight sandbox could break, against the real binary.
@Suite struct CorpusTests {
    @Test func corpusIsThereAndWellFormed() {
        #expect(CorpusCase.all.count > 240)
        for area in CorpusCase.areas { #expect(CorpusCase.all.contains { $0.area == area }, "\(area)") }
        for one in CorpusCase.all {
            #expect(CorpusCase.names.isSuperset(of: one.settings.keys), "\(one.testDescription)")
            #expect(!one.exitCodes.isEmpty, "\(one.testDescription)")
        }
        #expect(Set(CorpusCase.all.map(\.testDescription)).count == CorpusCase.all.count)
    }

    @Test(.timeLimit(.minutes(2)), arguments: CorpusCase.all)
    func scriptEndsAsItMust(_ one: CorpusCase) async throws {
        let folder = try Self.folder()
        let path = folder.url.path
        func filled(_ text: String) -> String { text.replacing("@DIR@", with: path) }
        var environment: [String: String] = [:]
        for setting in one.all("env") {
            let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
            environment[parts[0]] = filled(parts[1])
        }
        let kept = try one.all("keeps").map { ($0, try Data(contentsOf: folder.url.appendingPathComponent($0))) }

        let run = try await CommandRun.c8run(
            one.arguments.map(filled) + ["-e", filled(one.code)] + one.scriptArguments, environment: environment,
            input: one.input == "open" ? "" : one.input, keepsInputOpen: one.input == "open", folder: folder.url)

        #expect(one.exitCodes.contains(run.status), "exit \(run.status): \(run.errors)")
        for text in one.all("prints") { #expect(run.output.contains(text)) }
        for text in one.all("complains") { #expect(run.errors.contains(text)) }
        for text in one.all("never") { #expect(!(run.output + run.errors).contains(text)) }
        for (name, content) in kept {
            #expect(try Data(contentsOf: folder.url.appendingPathComponent(name)) == content, "\(name) was changed")
        }
    }

    /// inside/ with a file, links that lead out of it, another name of a file outside, and a FIFO; outside/ with a secret.
    private static func folder() throws -> Folder {
        let folder = try Folder()
        _ = try folder.file("inside/file.txt", "inside\n")
        let secret = try folder.file("outside/secret.txt", "OUTSIDE-CANARY\n")
        let configuration = try folder.file("config.toml", "[profiles.a]\nsecret_key = \"CONFIG-CANARY\"\n")
        let inside = folder.url.appendingPathComponent("inside").path
        let manager = FileManager.default
        try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: configuration)
        try manager.createSymbolicLink(atPath: inside + "/link", withDestinationPath: "../outside/secret.txt")
        try manager.createSymbolicLink(atPath: inside + "/linkdir", withDestinationPath: "../outside")
        try manager.linkItem(atPath: secret, toPath: inside + "/hard.txt")
        #expect(mkfifo(inside + "/fifo", 0o600) == 0)
        return folder
    }
}
