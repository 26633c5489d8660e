import C8Run
import C8RunTesting
import Foundation
import Logging

/// Runs Lua text as a file of tests, in a folder of its own.
struct Trial: Sendable {
    let result: TestFileResult

    /// What stands before the first line of each text.
    private static let prelude =
        "local test = require 'c8.test'; local describe, it, expect = test.describe, test.it, test.expect; "

    /// - Parameter files: further files beside it, by name.
    static func run(
        _ source: String, files: [String: String] = [:],
        _ configure: (inout TestRunner.Configuration) -> Void = { _ in }
    ) async throws -> Trial {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("c8run-trial-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        let host = ScriptHost.Configuration(
            standardOutput: { _ in }, logger: Logger(label: "trial", factory: { _ in SwiftLogNoOpLogHandler() }))
        var configuration = TestRunner.Configuration(
            host: host, temporaryFolder: folder.appendingPathComponent("tmp").path)
        configure(&configuration)
        let file = TestFile(path: folder.path + "/a_test.lua", source: Array((prelude + source).utf8))
        let run = await TestRunner(configuration).run([file])
        guard let result = run.files.first else { throw CancellationError() }
        return Trial(result: result)
    }

    /// What the tests came to, one line each: `passed a › b`, `failed c: message`.
    var lines: [String] {
        result.tests.map { test in
            switch test.outcome {
            case .passed: "passed \(test.name)"
            case .failed(let failure): "failed \(test.name): \(failure.message)"
            case .skipped: "skipped \(test.name)"
            case .todo: "todo \(test.name)"
            }
        } + result.problems.map { "problem: \($0.message)" }
    }

    /// The message of the only test; nil where it has passed.
    var message: String? { result.tests.first?.failure?.message ?? result.problems.first?.message }
}
