import Foundation
import Testing

/// The scripts that measure; not what they measure.
@Suite struct BenchTests {
    @Test func familiesAreListedWithoutABuild() async throws {
        let run = try await CommandRun.shell("\(Self.script("bench")) --list", folder: Folder())
        #expect(run.status == 0, "\(run.errors)")
        let names = run.output.split(separator: "\n").map { $0.prefix { $0 != " " } }
        #expect(names == ["startup", "call", "boundary", "json", "calls", "upload", "csv", "steps", "postgres", "lua"])
    }

    @Test(arguments: [
        "bench --only nothing", "bench nothing", "instructions --runs 0", "bench-compare", "bench --runs",
    ])
    func wrongArgumentsAreRefusedBeforeAnythingIsBuilt(_ words: String) async throws {
        let run = try await CommandRun.shell(Self.script(words), folder: Folder())
        #expect(run.status == 64, "\(run.output)")
        #expect(!run.errors.isEmpty && !run.errors.contains("building"), "\(run.errors)")
    }

    @Test func harnessPassesItsOwnTests() async throws {
        let folder = CommandRun.project.appendingPathComponent("Tests/Benchmarks/bench").path
        let run = try await CommandRun.shell(
            "cd \(folder) && python3 -B -m unittest discover --start-directory tests --top-level-directory .",
            folder: Folder())
        #expect(run.status == 0, "\(run.errors)")
    }

    @Test func keptInstructionCountsAreOfTheScriptsThatAreCounted() throws {
        let folder = CommandRun.project.appendingPathComponent("Tests/Benchmarks/instructions")
        let kept = try String(contentsOf: folder.appendingPathComponent("figures.tsv"), encoding: .utf8)
        let names = kept.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.prefix { $0 != "\t" } }
        #expect(Set(names) == ["start", "json", "csv", "flow", "calls"])
        for name in names where name != "start" {
            #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("\(name).lua").path))
        }
    }

    private static func script(_ words: String) -> String {
        CommandRun.project.appendingPathComponent("scripts").path + "/\(words)"
    }
}
