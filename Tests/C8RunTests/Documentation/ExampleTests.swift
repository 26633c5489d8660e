import Foundation
import Testing

/// The example of embedding, as the main package builds it.
@Suite struct ExampleTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("examples/Embedding")

    @Test func embeddingExamplePrintsWhatItsDescriptionShows() throws {
        let description = try String(contentsOf: Self.folder.appendingPathComponent("README.md"), encoding: .utf8)
        let shown = description.components(separatedBy: "```\n").filter { $0.contains("left") }.first
        let process = Process()
        process.executableURL = Bundle.main.bundleURL.appendingPathComponent("EmbeddingExample")
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(String(decoding: printed, as: UTF8.self) == shown)
    }
}
