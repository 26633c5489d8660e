import ArgumentParser
import C8Emulator

/// `c8run emulator`: the stand-in platform, until a signal stops it.
struct EmulatorCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "emulator",
            abstract: CommandMessage.emulator.text,
            discussion: DiscussionMessage.emulator.text)
    }

    @Option(parsing: .unconditional, help: ArgumentHelp(.port))
    var port = 0

    @Option(
        name: .customLong("token-ttl"), parsing: .unconditional,
        help: ArgumentHelp(.tokenTTL, valueName: "seconds"))
    var tokenTTL = 28_800.0

    @Option(
        name: .customLong("token-interval"), parsing: .unconditional,
        help: ArgumentHelp(.tokenInterval, valueName: "seconds"))
    var tokenInterval = 60.0

    @Option(parsing: .unconditional, help: ArgumentHelp(.seed))
    var seed: UInt64 = 1

    @Option(
        name: .customLong("bindings-out"), parsing: .unconditional,
        help: ArgumentHelp(.bindingsOut, valueName: "file"), completion: .file(extensions: ["json"]))
    var bindingsOut: String?

    @Option(
        name: .customLong("fault"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            .fault,
            discussion:
                OptionMessage.faultKinds.text(["kinds": Fault.kinds.joined(separator: ", ")]),
            valueName: "fault"))
    var faults: [String] = []

    @Option(
        name: .customLong("clock-offset"), parsing: .unconditional,
        help: ArgumentHelp(.clockOffset, valueName: "seconds"))
    var clockOffset = 0.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            .ledger,
            discussion: OptionMessage.ledgerMembers.text, valueName: "file"), completion: .file())
    var ledger: String?

    @OptionGroup(title: LabelMessage.output.text)
    var language: LanguageOptions

    func validate() throws {
        for fault in faults {
            do throws(EmulatorError) { _ = try Fault(parsing: fault) } catch { throw ValidationError(error.message) }
        }
        guard abs(clockOffset) <= 1e9 else {
            throw ValidationError(MistakeMessage.clockOffset.text)
        }
        guard (0...65_535).contains(port) else { throw ValidationError(MistakeMessage.port.text) }
        guard tokenTTL > 0, tokenTTL <= 31_536_000 else {
            throw ValidationError(MistakeMessage.tokenTTL.text)
        }
        guard (0...86_400).contains(tokenInterval) else {
            throw ValidationError(MistakeMessage.tokenInterval.text)
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
