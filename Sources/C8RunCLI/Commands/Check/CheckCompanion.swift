import ArgumentParser
import C8Sandbox

/// Another program whose findings are merged; run only where the command line names it.
enum CheckCompanion: String, Sendable, CaseIterable, ExpressibleByArgument {
    case luacheck
    case languageServer = "lua-language-server"

    /// Runs the program over the scripts that are files, and adds what it found to what we did.
    ///
    /// - Parameter folder: the working directory, absolute.
    /// - Throws: `UsageError` where it cannot be run.
    func merge(into results: inout [CheckResult], folder: String) async throws {
        let files = results.map(\.name).filter { $0 != "stdin" }
        guard !files.isEmpty else { return }
        switch self {
        case .luacheck: try await runLuacheck(files, &results)
        case .languageServer: try await runLanguageServer(files, &results, folder)
        }
    }

    private func runLuacheck(_ files: [String], _ results: inout [CheckResult]) async throws {
        let options = ["--formatter", "plain", "--codes", "--ranges", "--std", "lua54", "--no-color"]
        // 1 says that there are warnings, 2 that there are errors.
        let output = try await run(options + ["--"] + files, accepting: 0...2)
        for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
            guard let report = LuacheckLine(line),
                let index = results.firstIndex(where: { $0.name == report.path })
            else { continue }
            report.finding(in: results[index].bytes)?.merge(into: &results[index])
        }
    }

    /// It judges folders, by the settings that it finds there (`.luarc.json`), and writes what it found to a file.
    private func runLanguageServer(_ files: [String], _ results: inout [CheckResult], _ folder: String) async throws {
        let base = AbsolutePath(C8Sandbox.FilePath(folder))
        let paths = files.map { AbsolutePath(C8Sandbox.FilePath($0), relativeTo: base).description }
        let roots = Set(paths.map { $0.hasPrefix(folder + "/") ? folder : FilePath.folder(of: $0) })
        for root in roots.sorted() {
            let output = try CompanionFolder()
            // 1 says that there are findings; older releases end with 0 then, and write no file where there are none.
            _ = try await run(
                [
                    "--check=\(root)", "--checklevel=Warning", "--check_format=json", "--logpath=\(output.path)",
                    "--locale=en-us",
                ], accepting: 0...1)
            guard let report = LanguageServerReport(output.read("check.json")) else {
                throw UsageError(.otherOutput, ["name": rawValue])
            }
            for (file, path) in zip(files, paths) {
                guard let index = results.firstIndex(where: { $0.name == file }) else { continue }
                for finding in report.findings(of: path, in: results[index].bytes) {
                    finding.merge(into: &results[index])
                }
            }
        }
    }

    private func run(_ arguments: [String], accepting codes: ClosedRange<Int32>) async throws -> [UInt8] {
        var command = SecretCommand(arguments: [rawValue] + arguments, limit: 16 << 20)
        command.timeoutSeconds = 600
        command.acceptedCodes = codes
        do {
            return try await command.run()
        } catch {
            throw UsageError(
                "--with \(rawValue): the program \(rawValue) \(error.reason)",
                hint: HintMessage.companion.text(["program": rawValue]))
        }
    }
}
