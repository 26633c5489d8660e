import ArgumentParser
import C8Client
import C8Platform

/// `c8run doctor`: looks at what a run needs and says how to mend each. Sends nothing and changes nothing.
struct DoctorCommand: CLICommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check configuration, state, Lua library, kernel and a script's needs, and say how to mend each.",
        discussion: "Exit code 0 where a script can run and call the platform, 78 where something must be mended first."
    )

    @Flag(name: .customLong("json"), help: "Print a JSON object.")
    var json = false

    @Option(
        name: .customLong("permissions"),
        help: ArgumentHelp("Compare what the script needs with these grants.", valueName: "file"))
    var permissions: String?

    @Argument(help: "A script, whose needs are told: what its comment `-- needs: --allow-read=inbox …` names.")
    var script: String?

    @OptionGroup(title: "Platform")
    var platform: PlatformOptions

    @OptionGroup(title: "Output")
    var output: OutputOptions

    var errorPrinter: ErrorPrinter? { output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        let doctor = Doctor(loader: context.loader, request: platform.request)
        let checks = doctor.checks() + doctor.needs(of: script, permissions: permissions)
        let isSound = !checks.contains { $0.verdict == .fail }
        if json {
            try ResultOutput.print(["ok": .bool(isSound), "checks": .array(checks.map(\.json))] as JSONValue)
        } else {
            try ResultOutput.print(checks.map(\.lines).joined())
        }
        return (isSound ? ExitCode.done : ExitCode.configuration).number
    }
}
