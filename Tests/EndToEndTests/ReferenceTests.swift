import Foundation
import Testing

/// The reference of the Lua modules is what its script makes of the type files.
@Suite struct ReferenceTests {
    @Test func pageIsUpToDate() async throws {
        let folder = try Folder()
        let page = folder.url.appendingPathComponent("modules.md").path
        let run = try await CommandRun.c8run(
            "--allow-read=stdlib/types", "--allow-write=\(page)", "scripts/reference.lua", page)
        #expect(run.status == 0, "\(run.errors)")
        let kept = try String(contentsOf: CommandRun.project.appendingPathComponent("docs/modules.md"), encoding: .utf8)
        #expect(
            try folder.read("modules.md") == kept,
            "run: scripts/c8run --allow-read=stdlib/types --allow-write=docs/modules.md scripts/reference.lua")
    }
}
