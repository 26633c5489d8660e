import ArgumentParser
import C8Listener
import Testing

@testable import C8RunCLI

@Suite struct WorkerArgumentsTests {
    private func read(_ words: String...) throws -> WorkerArguments {
        guard case .worker(let arguments) = try CommandLineReader.standard.read(["worker"] + words) else {
            throw UsageError("not a worker")
        }
        return arguments
    }

    @Test func optionsAreRead() throws {
        let arguments = try read(
            "--concurrency", "8", "--tag=big", "--tag", "small", "--listen", "127.0.0.1:9400", "--drain", "2m",
            "--poll=500ms", "--until-empty", "--allow-read=/srv", "--timeout", "10m", "--profile", "factory")
        #expect(arguments.concurrency == 8 && arguments.tags == ["big", "small"])
        #expect(arguments.listen?.description == "127.0.0.1:9400")
        #expect(arguments.drain == 120 && arguments.poll == 0.5 && arguments.untilEmpty && !arguments.once)
        #expect(arguments.run.grants.read == .names(["/srv"]) && arguments.run.timeout == .seconds(600))
        #expect(arguments.run.platform.profile == "factory")
    }

    @Test(arguments: [
        (["script.lua"], "c8run submit script.lua"), (["--concurrency", "0"], "1 to 256"), (["--tag", ""], "--tag"),
        (["--listen", "0.0.0.0:80"], "loopback"), (["--input", "1"], "c8run submit"), (["--drain", "-1"], "duration"),
        (["--once=1"], "takes no value"), (["--concurency", "3"], "--concurrency"), (["--record", "x"], "c8run run"),
        (["--dry-run"], "c8run run --dry-run"),
    ])
    func mistakesAreTold(words: [String], hint: String) {
        let error = #expect(throws: UsageError.self) {
            _ = try CommandLineReader.standard.read(["worker"] + words)
        }
        #expect(error?.description.contains(hint) == true, "\(error?.description ?? "")")
    }

    @Test func helpAndReaderKnowTheSameOptions() throws {
        let help = WorkerCommand.helpMessage(columns: 400)
        let declared = Set(help.matches(of: /(?:^|[\s,])(--?[a-zA-Z][a-z-]*)/).map { String($0.1) })
        let shared = Set(RunOption.all.map(\.name)).subtracting(WorkerOption.foreign.keys)
        #expect(
            declared.subtracting(["-h", "--help", "--version"]) == shared.union(WorkerOption.all.map(\.name)), "\(help)"
        )
    }
}
