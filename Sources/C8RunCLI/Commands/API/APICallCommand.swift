import ArgumentParser
import C8Client
import C8Platform
import C8Run
import C8Sandbox

/// `c8run api call`: one call of one operation, without a script.
struct APICallCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "call",
            abstract: CommandMessage.apiCall.text,
            discussion: DiscussionMessage.apiCall.text)
    }

    @Flag(help: ArgumentHelp(.envelope))
    var envelope = false

    @Flag(name: .customLong("dry-run"), help: ArgumentHelp(.callDryRun))
    var dryRun = false

    @Flag(name: .customLong("no-validate"), help: ArgumentHelp(.noValidate))
    var skipsValidation = false

    @Option(
        name: .customLong("timeout"), parsing: .unconditional,
        help: ArgumentHelp(.callTimeout, valueName: "duration"))
    var timeout: String?

    @Option(
        name: .customLong("save-to"), parsing: .unconditional,
        help: ArgumentHelp(.saveTo, valueName: "path"), completion: .file())
    var saveTo: String?

    @Option(
        name: .customLong("file"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(.file, valueName: "field=path"))
    var files: [String] = []

    @OptionGroup var options: APIOptions

    @Argument(help: ArgumentHelp(.operation, valueName: "id"), completion: OperationCompletion.operations)
    var id: String

    @Argument(help: ArgumentHelp(.body, valueName: "body"))
    var body: String?

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        let entry = try CatalogueLookup.operation(id)
        let body = try CallArgument.read(body)
        let (callOptions, target) = try callOptions()
        let printer = options.output.settings.printer
        return try await APISession.with(options, in: context, dryRun: dryRun) { services in
            guard let binding = try await services.binding(of: entry.id) else { throw ClientError.unbound(entry) }
            if entry.status != .active { printer.warn(RetiredOperations.text(entry)) }
            if entry.id == "auth.get_token" {
                try ResultOutput.print(try await token(services))
            } else {
                let answer = try await services.client().perform(
                    binding, body: body, options: callOptions.over(binding))
                try print(answer, target, binding)
            }
            return ExitCode.done.number
        }
    }

    private func callOptions() throws -> (CallOptions, SaveTarget?) {
        var options = CallOptions()
        options.validates = !skipsValidation
        if let timeout {
            guard let duration = DurationText.parse(timeout) else {
                throw UsageError("--timeout", value: timeout, isNot: ValueMessage.duration.message)
            }
            options.timeout = duration
        }
        let target = try CallFiles.prepare(&options, files: files, saveTo: saveTo)
        return (options, target)
    }

    private func print(_ answer: CallAnswer, _ target: SaveTarget?, _ binding: Binding) throws {
        switch answer {
        case .envelope(let answered):
            target?.discard()
            let data = try answered.data.map { try JSONParser.parse($0.bytes) } ?? .null
            try ResultOutput.print(envelope ? EnvelopeJSON.json(answered, data: data) : data)
            if saveTo != nil {
                throw ClientError.unusable(
                    .http, "answered with an envelope instead of a file; nothing was saved", operation: binding.id,
                    effect: binding.effect)
            }
        case .withheld(let withheld):
            target?.discard()
            try ResultOutput.print(DryRun.json(withheld))
        case .file(let file):
            guard let target, let saveTo else {
                if let number = OutputStream.standardOutput.write(file.bytes) { throw OutputError(number: number) }
                return
            }
            do {
                try target.commit()
            } catch let error where binding.effect != .read {
                throw ClientError.unusable(.invalid, "\(error)", operation: binding.id, effect: binding.effect)
            }
            try ResultOutput.print([
                "path": .string(saveTo), "name": file.name.map { .string($0) } ?? .null,
                "type": file.type.map { .string($0) } ?? .null,
            ])
        }
    }

    /// The token's state; the token itself is for `token print` alone.
    private func token(_ services: PlatformServices) async throws -> JSONValue {
        let tokens = try await services.tokens()
        _ = try await tokens.token()
        return TokenStatusText.json(try await tokens.status())
    }
}
