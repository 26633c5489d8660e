import Glibc
import Logging
import Synchronization
import Testing

@testable import C8Run

/// Bounds on a run that the host keeps, beside those of the runtime.
@Suite struct LimitTests {
    private func failure(
        of source: String, limits: ScriptHost.Limits, output: @escaping @Sendable ([UInt8]) throws -> Void
    ) async -> ScriptError? {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        var configuration = ScriptHost.Configuration(standardOutput: output, logger: logger)
        configuration.limits = limits
        configuration.standardError = { _ in }
        let host = ScriptHost(configuration: configuration)
        let script = Script(source: Array(source.utf8), name: "test.lua", folder: nil)
        do {
            _ = try await host.run(script)
            return nil
        } catch {
            return error as? ScriptError
        }
    }

    @Test(arguments: [
        "while true do print(('x'):rep(100)) end", "while true do io.write('x') end",
        "while true do pcall(print, 'x') end", "while true do io.stderr:write(('x'):rep(100)) end",
        "print(('x'):rep(20000))",
    ])
    func outputHasALimit(_ source: String) async throws {
        let written = Atomic(0)
        let error = await failure(of: source, limits: ScriptHost.Limits(maximumOutput: 10_000)) { bytes in
            written.add(bytes.count, ordering: .relaxed)
        }
        #expect(error?.kind == .outputLimit)
        #expect(error?.message.contains("10000 bytes of output at test.lua:1") == true)
        #expect(written.load(ordering: .relaxed) <= 10_000)
    }

    @Test func readerThatDoesNotReadDoesNotHoldAScriptBeyondItsTime() async throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let writer = DescriptorWriter(descriptor: ends[1])
        let error = await failure(
            of: "while true do print(('x'):rep(1000)) end", limits: ScriptHost.Limits(timeout: .milliseconds(200))
        ) { bytes in _ = writer.write(bytes) }
        #expect(error?.kind == .timeLimit)
    }

    @Test(arguments: ["sha256", "md5", "base64_encode", "hex_encode"])
    func longDigestIsStopped(_ function: String) async throws {
        let error = await failure(
            of: "local c = require('c8.crypto') local f = c.\(function) or c.base64.encode "
                + "local s = ('x'):rep(1e6) while true do f(s) end",
            limits: ScriptHost.Limits(timeout: .milliseconds(200))
        ) { _ in }
        #expect(error?.kind == .timeLimit)
    }

    @Test func whatTheHostHoldsCountsAsTheScriptsMemory() async throws {
        let error = await failure(
            of: "local s = ('x'):rep(20e6) require('c8.crypto').hex.encode(s)",
            limits: ScriptHost.Limits(maximumMemory: 64 << 20)
        ) { _ in }
        #expect(error?.kind == .memoryLimit, "\(String(describing: error))")
    }
}
