import C8Client
import C8Emulator
import C8Platform
import C8Run
import Foundation
import Logging
import Synchronization

/// Runs a script against an emulator of its own, with a folder of its own granted, whose path it finds in `dir`.
struct PlatformScript {
    var bindings: String?
    /// Nil for the emulator's.
    var baseURL: String?
    var isDryRun = false
    var allowsToken = false
    var faults: [Fault] = []
    var tokenInterval: Duration = .seconds(60)
    /// Where flows are kept; shared by runs that follow each other.
    var flows: FlowServices?
    /// Nil for the machine's.
    var clock: (any ClientClock)?
    /// What requests go through.
    var traffic = Traffic.live
    /// Asked before what may change something.
    var writeGuard: (any WriteGuard)?
    /// Shared by runs that follow each other; else each has its own.
    var emulator: Emulator?

    struct Outcome {
        let printed: String
        let logged: [String]
        let calls: [OperationID: Int]
        /// What the emulator was asked, and what it did.
        let records: [RequestRecord]
    }

    func run(_ source: String) async throws -> Outcome {
        let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
        let folder = "\(base)/c8run-call-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let emulator: Emulator
        if let shared = self.emulator {
            emulator = shared
        } else {
            emulator = try await Emulator.start(
                EmulatorConfiguration(tokenInterval: tokenInterval / .seconds(1), faults: faults))
        }
        let printed = Mutex<[UInt8]>([])
        let log = Recorder()
        let logger = Logger(label: "test") { _ in log }
        let platform = PlatformServices(logger: logger, traffic: traffic) { [self] in
            var sources: [PlatformConfiguration.Bindings] = [.data(emulator.bindingsJSON, name: "emulator")]
            if let bindings { sources.append(.data(Array(bindings.utf8), name: "own")) }
            return PlatformConfiguration(
                profile: "test", baseURL: baseURL ?? emulator.baseURL, accessKey: emulator.accessKey,
                secret: .secretKey { emulator.secretKey }, bindings: sources,
                tokenInterval: tokenInterval, dryRun: isDryRun)
        }
        var configuration = ScriptHost.Configuration(
            platform: platform, isDryRun: isDryRun, standardOutput: { bytes in printed.withLock { $0 += bytes } },
            logger: logger)
        configuration.flows = flows
        configuration.clock = clock
        configuration.traffic = traffic
        configuration.writeGuard = writeGuard
        configuration.grants.read = .paths([folder])
        configuration.grants.write = .paths([folder])
        configuration.grants.token = allowsToken
        let lead = "local fs, json, dir = require 'c8.fs', require 'c8.json', ... "
        let result: Result<ScriptResult, any Error>
        do {
            let script = Script(source: Array((lead + source).utf8), name: "(test)")
            result = .success(try await ScriptHost(configuration: configuration).run(script, arguments: [folder]))
        } catch {
            result = .failure(error)
        }
        await platform.shutdown()
        let requests = emulator.requestLog
        if self.emulator == nil { await emulator.stop() }
        _ = try result.get()
        return Outcome(
            printed: String(decoding: printed.withLock { $0 }, as: UTF8.self), logged: log.lines.withLock { $0 },
            calls: requests.calls, records: requests.records)
    }

    private final class Recorder: LogHandler {
        let lines = Mutex<[String]>([])

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { nil }
            set {}
        }
        var metadata: Logger.Metadata {
            get { [:] }
            set {}
        }
        var logLevel: Logger.Level {
            get { .info }
            set {}
        }

        func log(event: LogEvent) {
            lines.withLock { $0.append("\(event.level) \(event.message)") }
        }
    }
}
