import Foundation
import Testing

/// Whoever starts a process may have closed its standard input, its output or its errors: nothing else may get their numbers.
@Suite(.timeLimit(.minutes(1))) struct ClosedDescriptorTests {
    @Test(arguments: [
        "c8run -e 'require(\"c8.log\").info(\"x\") print(2)' 2>&-", "c8run queue list >&- ; echo 2",
        "c8run submit --id a job.lua > /dev/null; c8run worker --until-empty 2>&- ; c8run queue show a | grep -c done",
        "c8run -e 'print(2)' <&-", "c8run worker --until-empty <&- >&- 2>&- ; echo 2",
    ])
    func commandsEndAllTheSame(_ line: String) async throws {
        let folder = try Folder()
        _ = try folder.file("job.lua", "print(1)")
        let run = try await CommandRun.shell(
            line.replacingOccurrences(of: "c8run ", with: "timeout 20 c8run "),
            environment: ["HOME": folder.url.path], folder: folder)
        #expect(run.status == 0, "\(run.errors)")
        let last = run.output.split(separator: "\n").last
        #expect(last == "1" || last == "2", "\(run.output)")
    }
}
