import ArgumentParser
import C8Check
import LuaSyntax

/// Another program whose findings are merged; run only where the command line names it.
enum CheckCompanion: String, Sendable, CaseIterable, ExpressibleByArgument {
    case luacheck

    /// Runs the program over the scripts that are files, and adds what it found to what we did.
    ///
    /// - Throws: `UsageError` where it cannot be run.
    func merge(into results: inout [CheckResult]) async throws {
        let files = results.map(\.name).filter { $0 != "stdin" }
        guard !files.isEmpty else { return }
        let options = ["--formatter", "plain", "--codes", "--ranges", "--std", "lua54", "--no-color"]
        var command = SecretCommand(arguments: [rawValue] + options + ["--"] + files, limit: 16 << 20)
        // 1 says that there are warnings, 2 that there are errors.
        command.acceptedCodes = 0...2
        let output: [UInt8]
        do {
            output = try await command.run()
        } catch {
            throw UsageError(
                "--with \(rawValue): the program \(rawValue) \(error.reason)",
                hint: HintMessage.companion.text(["program": rawValue]))
        }
        for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
            guard let report = LuacheckLine(line),
                let index = results.firstIndex(where: { $0.name == report.path })
            else { continue }
            report.merge(into: &results[index])
        }
    }
}
