import ArgumentParser
import C8Client
import C8Platform

/// `c8run doctor`: looks at what a run needs and says how to mend each. Changes nothing, and sends no credentials.
struct DoctorCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "doctor",
            abstract: CommandMessage.doctor.text,
            discussion: DiscussionMessage.doctor.text
        )
    }

    @Flag(name: .customLong("json"), help: ArgumentHelp(.jsonObject))
    var json = false

    @Flag(name: .customLong("offline"), help: ArgumentHelp(.offline))
    var offline = false

    @Option(
        name: .customLong("permissions"),
        help: ArgumentHelp(.comparePermissions, valueName: "file"), completion: .file(extensions: ["toml"]))
    var permissions: String?

    @Argument(help: ArgumentHelp(.neededBy), completion: .file(extensions: ["lua"]))
    var script: String?

    @OptionGroup(title: LabelMessage.platform.text)
    var platform: PlatformOptions

    @OptionGroup(title: LabelMessage.output.text)
    var output: OutputOptions

    var errorPrinter: ErrorPrinter? { output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        let doctor = Doctor(loader: context.loader, request: platform.request)
        let platform = offline ? [] : await doctor.platform()
        var local = doctor.checks()
        // A folder that is of no use is told once, and one with something wrong in it is not called sound.
        let hasState = !local.contains { $0.name == "state" && $0.verdict == .fail }
        let state = hasState ? await doctor.stateContent() : []
        if !state.isEmpty { local.removeAll { $0.name == "state" } }
        let checks = local + state + platform + doctor.needs(of: script, permissions: permissions)
        let isSound = !checks.contains { $0.verdict == .fail }
        if json {
            try ResultOutput.print(["ok": .bool(isSound), "checks": .array(checks.map(\.json))] as JSONValue)
        } else {
            try ResultOutput.print(checks.map(\.lines).joined())
        }
        if isSound { return ExitCode.done.number }
        let isElsewhere = checks.allSatisfy { $0.verdict != .fail || $0.name == Doctor.reachability }
        return (isElsewhere ? ExitCode.unavailable : ExitCode.configuration).number
    }
}
