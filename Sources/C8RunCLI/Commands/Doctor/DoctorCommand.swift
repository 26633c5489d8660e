import ArgumentParser
import C8Client
import C8Platform

/// `c8run doctor`: looks at what a run needs and says how to mend each. Changes nothing, and sends no credentials.
struct DoctorCommand: CLICommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract:
            "Check configuration, platform, clock, token, state, kernel and a script's needs, and say how to mend each.",
        discussion: """
            Sends one request without credentials to the platform's address. Exit code 0 where a script can run and call the \
            platform, 69 where the platform cannot be reached, 78 where something else must be mended first.
            """
    )

    @Flag(name: .customLong("json"), help: "Print a JSON object.")
    var json = false

    @Flag(name: .customLong("offline"), help: "Send nothing: leave out the platform and its clock.")
    var offline = false

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
