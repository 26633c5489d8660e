import C8Client
import C8Emulator
import C8Run
import Synchronization

/// The emulator of `--emulator`: started when the script first uses the platform, stopped at the end.
final class RunEmulator: Sendable {
    /// Absolute paths of further bindings files.
    private let bindings: [String]
    private let dryRun: Bool
    private let running = Mutex<Emulator?>(nil)

    init(bindings: [String], dryRun: Bool) {
        self.bindings = bindings
        self.dryRun = dryRun
    }

    /// Starts the emulator and gives the configuration that leads to it. Tokens are kept in memory: the next run has
    /// another emulator, which would not know them.
    func configuration() async throws -> PlatformConfiguration {
        let emulator = try await Emulator.start(EmulatorConfiguration())
        running.withLock { $0 = emulator }
        let secret = emulator.secretKey
        return PlatformConfiguration(
            profile: "emulator",
            baseURL: emulator.baseURL,
            accessKey: emulator.accessKey,
            secret: .secretKey { secret },
            bindings: [.data(emulator.bindingsJSON, name: "emulator")] + bindings.map { .file($0) },
            state: .memory,
            dryRun: dryRun)
    }

    func stop() async {
        await running.withLock { $0 }?.stop()
    }
}
