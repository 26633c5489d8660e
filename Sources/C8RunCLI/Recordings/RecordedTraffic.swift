import C8Client
import C8Emulator
import C8Run
import C8Sandbox
import Logging

/// What `--record` and `--replay` make of a run's traffic.
struct RecordedTraffic: Sendable {
    let traffic: Traffic
    /// Where the recording goes; nil where nothing is recorded.
    let file: RecordingFile?

    /// Larger than any recording that somebody would keep.
    private static let longest = 1 << 30

    /// Reads the recording, or sees to it that one can be written.
    ///
    /// - Parameters:
    ///   - record: an absolute path, or nil.
    ///   - replay: the same.
    /// - Throws: ``ConfigurationError``, and ``ClientError`` of kind `config` for a damaged recording.
    init(record: String?, replay: String?) throws {
        file = try record.map(RecordingFile.init)
        if let replay {
            traffic = .replayed(try TrafficReplay(try Self.read(replay), name: replay))
        } else {
            traffic = file == nil ? .live : .recorded(TrafficRecording())
        }
    }

    private static func read(_ path: String) throws(ConfigurationError) -> [UInt8] {
        do {
            return try SmallFile.read(path, limit: longest).bytes
        } catch {
            throw ConfigurationError("cannot read \(path): \(error)", origin: .flag("--replay"))
        }
    }

    var isReplay: Bool {
        if case .replayed = traffic { return true }
        return false
    }

    /// What the kernel leaves to the process: the recording's file; and of the network nothing where nothing is dialled.
    func adjust(_ wall: inout KernelWall) {
        if let file { wall.writable.append(file.path) }
        if isReplay {
            wall.ports = .only([])
            wall.mayListen = false
        }
    }

    /// Writes the recording, or tells what of it was not asked for.
    func finish(_ logger: Logger, warn: (String) -> Void) {
        switch traffic {
        case .live: break
        case .recorded(let recording):
            if let problem = file?.write(recording.text) { warn(problem) }
        case .replayed(let replay):
            let unused = replay.unused
            guard !unused.isEmpty else { return }
            let rest = unused.count > 5 ? " and \(unused.count - 5) more" : ""
            logger.info("recorded but not asked for: \(unused.prefix(5).joined(separator: "; "))\(rest)")
        }
    }

    /// The platform of a replay: the bindings and the rules for repeating are the profile's, the rest stands for nothing.
    ///
    /// - Parameters:
    ///   - layers: nil with `--emulator`, whose bindings are then used; it is not started.
    ///   - bindings: absolute paths of further bindings files, where there are no layers.
    static func replayConfiguration(
        _ layers: ConfigurationLayers?, bindings: [String], dryRun: Bool
    ) -> PlatformConfiguration {
        let sources: [PlatformConfiguration.Bindings] =
            layers.map { $0.bindings.map { .file($0) } }
            ?? [.data(Emulator.bindingsFile, name: "emulator")] + bindings.map { .file($0) }
        var configuration = PlatformConfiguration(
            profile: layers.map { $0.profileName ?? "environment" } ?? "emulator", baseURL: TrafficReplay.baseURL,
            accessKey: "replay", secret: .secretKeySign { "" }, bindings: sources, state: .memory,
            // Nobody counts the calls.
            tokenInterval: .zero, dryRun: dryRun)
        if let attempts = layers?.profile.maximumAttempts { configuration.maximumAttempts = attempts }
        configuration.retryCodes = layers?.profile.retryCodes ?? []
        configuration.maximumConcurrency = layers?.profile.maximumConcurrency
        return configuration
    }
}
