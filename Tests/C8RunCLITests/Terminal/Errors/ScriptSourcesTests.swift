import Testing

@testable import C8RunCLI

@Suite struct ScriptSourcesTests {
    @Test(
        arguments: [
            ("lib/m.lua", ".", "lib/m.lua"), ("lib/m.lua", "", "lib/m.lua"), ("jobs/lib/m.lua", "jobs", "lib/m.lua"),
            ("lib/m.lua", "jobs", nil), ("...rk/jobs/lib/m.lua", "/home/work/jobs", "lib/m.lua"),
            ("...lib/m.lua", "/home/work/jobs", nil), ("...bs/jobs/m.lua", "/home/work/jobs", "jobs/m.lua"),
            ("/etc/m.lua", "/home", nil),
        ] as [(String, String, String?)])
    func modulesAreFoundBelowTheFolderAlone(_ name: String, _ folder: String, _ path: String?) {
        #expect(ScriptSources.path(of: name, below: folder) == path)
    }
}
