import ArgumentParser
import C8Emulator

/// `c8run emulator`: the stand-in platform, until a signal stops it.
struct EmulatorCommand: CLICommand {
    static let configuration = CommandConfiguration(
        commandName: "emulator",
        abstract: "Start a local stand-in for the platform.",
        discussion: """
            Prints its address, an access key and a secret key when it listens, as lines that a shell can read. It keeps \
            orders and codes in memory and forgets them at its end.
            """)

    @Option(parsing: .unconditional, help: "The port; 0 takes a free one.")
    var port = 0

    @Option(
        name: .customLong("token-ttl"), parsing: .unconditional,
        help: ArgumentHelp("Seconds that a token is good for.", valueName: "seconds"))
    var tokenTTL = 28_800.0

    @Option(
        name: .customLong("token-interval"), parsing: .unconditional,
        help: ArgumentHelp("Seconds that must lie between two get-token calls.", valueName: "seconds"))
    var tokenInterval = 60.0

    @Option(parsing: .unconditional, help: "Decides keys and ids, so that a run can be repeated.")
    var seed: UInt64 = 1

    @Option(
        name: .customLong("bindings-out"), parsing: .unconditional,
        help: ArgumentHelp("Where to write the bindings file (default: a temporary folder).", valueName: "file"))
    var bindingsOut: String?

    @Option(
        name: .customLong("fault"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "What goes wrong on purpose, such as cut-after,times=1 or status:503,chance=0.2; may be repeated.",
            discussion:
                "Kinds: \(Fault.kinds.joined(separator: ", ")). Options: on=ID, chance=, times=, skip=, retry-after=.",
            valueName: "fault"))
    var faults: [String] = []

    @Option(
        name: .customLong("clock-offset"), parsing: .unconditional,
        help: ArgumentHelp("Seconds by which its clock is wrong, such as -86400.", valueName: "seconds"))
    var clockOffset = 0.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Append a line of JSON for each request, as it happens.",
            discussion: "Its members: time, operation, status, code, fault, performed.", valueName: "file"))
    var ledger: String?

    func validate() throws {
        for fault in faults {
            do throws(EmulatorError) { _ = try Fault(parsing: fault) } catch { throw ValidationError(error.message) }
        }
        guard abs(clockOffset) <= 1e9 else {
            throw ValidationError("--clock-offset must be at most 1000000000 seconds")
        }
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535") }
        guard tokenTTL > 0, tokenTTL <= 31_536_000 else {
            throw ValidationError("--token-ttl must be above 0 and at most 31536000 seconds")
        }
        guard (0...86_400).contains(tokenInterval) else {
            throw ValidationError("--token-interval must be from 0 to 86400 seconds")
        }
    }

    func run(_ context: CommandContext) async throws -> Int32 {
        // The signal may come at any moment: whatever was written by then is taken away again.
        let (stops, stopped) = AsyncStream.makeStream(of: StopSignal.self)
        context.signals.onStop { signal in
            stopped.yield(signal)
            stopped.finish()
        }
        var configuration = EmulatorConfiguration(
            port: port, tokenTTL: tokenTTL, tokenInterval: tokenInterval, seed: seed,
            faults: try faults.map { text throws(EmulatorError) in try Fault(parsing: text) },
            clockOffset: clockOffset)
        if let ledger {
            let file = try LedgerFile(ledger)
            configuration.observer = { file.append($0) }
        }
        let emulator = try await Emulator.start(configuration)
        do {
            let file = try BindingsOutput.write(emulator.bindingsJSON, to: bindingsOut)
            defer { file.remove() }
            try ResultOutput.print(
                EmulatorAnnouncement(
                    baseURL: emulator.baseURL, accessKey: emulator.accessKey, secretKey: emulator.secretKey,
                    bindings: file.path, tokenInterval: tokenInterval
                ).text)
            var code = ExitCode.done
            for await signal in stops { code = ExitCode(stoppedBy: signal) }
            await emulator.stop()
            return code.number
        } catch {
            await emulator.stop()
            throw error
        }
    }
}
