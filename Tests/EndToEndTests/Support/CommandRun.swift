import C8Emulator
import Foundation
import Testing

/// One run of the real binary, with an environment of its own.
struct CommandRun: Sendable {
    let status: Int32
    let output: String
    let errors: String

    /// The binary that was built with the tests.
    static let binary = Bundle.main.bundleURL.appendingPathComponent("c8run").path

    /// The project's folder.
    static let project = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Runs to the end. Nothing of the caller's own environment but PATH is passed on.
    @discardableResult
    static func c8run(
        _ arguments: String..., environment: [String: String] = [:], input: String = "", folder: Folder? = nil,
        whileRunning: (@Sendable (Process) async throws -> Void)? = nil
    ) async throws -> CommandRun {
        try await c8run(
            arguments, environment: environment, input: input, folder: folder?.url, whileRunning: whileRunning)
    }

    /// Lines of a shell, in which `c8run` is the binary. They end at the first that fails.
    static func shell(
        _ lines: String, environment: [String: String] = [:], folder: Folder
    ) async throws -> CommandRun {
        let path = "\(Bundle.main.bundleURL.path):/usr/bin:/bin"
        return try await run(
            "/bin/sh", ["-e", "-c", lines], environment: environment.merging(["PATH": path]) { $1 }, folder: folder.url)
    }

    /// A run whose arguments come as a list.
    static func c8run(
        _ arguments: [String], environment: [String: String] = [:], input: String = "", keepsInputOpen: Bool = false,
        folder: URL? = nil, whileRunning: (@Sendable (Process) async throws -> Void)? = nil
    ) async throws -> CommandRun {
        try await run(
            binary, arguments, environment: environment, input: input, keepsInputOpen: keepsInputOpen, folder: folder,
            whileRunning: whileRunning)
    }

    private static func run(
        _ executable: String, _ arguments: [String], environment: [String: String], input: String = "",
        keepsInputOpen: Bool = false, folder: URL?, whileRunning: (@Sendable (Process) async throws -> Void)? = nil
    ) async throws -> CommandRun {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"].merging(environment) { $1 }
        process.currentDirectoryURL = folder ?? project
        let output = Pipe(), errors = Pipe(), standardInput = Pipe()
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = standardInput
        let ended = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in ended.continuation.finish() }
        try process.run()
        async let outputData = read(output)
        async let errorData = read(errors)
        standardInput.fileHandleForWriting.write(Data(input.utf8))
        if !keepsInputOpen { try standardInput.fileHandleForWriting.close() }
        try await whileRunning?(process)
        for await _ in ended.stream {}
        if keepsInputOpen { try standardInput.fileHandleForWriting.close() }
        return await CommandRun(
            status: process.terminationStatus, output: String(decoding: outputData, as: UTF8.self),
            errors: String(decoding: errorData, as: UTF8.self))
    }

    /// Reads on a thread of its own, so that a long run does not hold a thread of the pool.
    private static func read(_ pipe: Pipe) async -> Data {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: pipe.fileHandleForReading.readDataToEndOfFile())
            }
        }
    }
}
