import C8Client
import C8Flow
import C8Platform
import C8Queue
import C8Run
import Glibc
import OrderedCollections

/// One submission: everything that was read beforehand, and the submission itself, which ends with an exit code.
struct SubmitSession: Sendable {
    private let arguments: SubmitArguments
    private let layers: ConfigurationLayers
    private let request: JobRequest
    /// Nil without `--cron`.
    private let calendar: CronCalendar?
    private let secrets: SecretReader

    var printer: ErrorPrinter { arguments.run.output.printer }

    /// Reads configuration, script and modules, and looks whether they compile; no queue is opened yet.
    ///
    /// - Throws: `UsageError`, `ConfigurationError`, `UnreadableScript`, `ScriptError`, `JobQueueError`.
    init(_ arguments: SubmitArguments, loader: ConfigurationLoader) throws {
        try arguments.check()
        self.arguments = arguments
        let folders = loader.folders
        let printer = arguments.run.output.printer
        let (source, scriptArguments) = try ScriptSource.split(
            code: arguments.run.code, positionals: arguments.run.positionals)
        calendar = try arguments.cron.map { try CronCalendar($0, zone: arguments.zone, folders: folders) }
        layers = try loader.load(arguments.run.platform, warn: printer.warn)
        secrets = SecretReader(environment: folders.environment, warn: printer.warn)

        let bundle = try ScriptBundle(try ScriptReader.read(source))
        for name in bundle.missing { printer.warn(QueueMessage.missingModule.text(["module": "\"\(name)\""])) }
        func absolute(_ path: String) -> String {
            FilePath.absolute(path, relativeTo: folders.workingDirectory, home: folders.home)
        }
        var granted = arguments.run.grants
        if let file = arguments.run.permissionsFile {
            granted = granted.united(
                with: try PermissionsFile.read(absolute(file), home: folders.home, readFile: loader.readFile))
        }
        let now = LogTime.secondsSince1970()
        var random = SystemRandomNumberGenerator()
        let id = try arguments.id.map { text throws(JobQueueError) in try JobID(text) }
        request = JobRequest(
            id: try id ?? JobID.madeUp(at: now, using: &random), script: bundle.jobScript, arguments: scriptArguments,
            input: arguments.run.input, terms: try JobTerms(arguments.run, grants: granted, absolute: absolute).text,
            tag: arguments.tag, priority: arguments.priority, notBefore: arguments.at?.seconds(now: now),
            application: try layers.application()?.text, profile: layers.profileName,
            mostAttempts: arguments.mostAttempts, submitter: Self.submitter(folders))
    }

    /// Submits, and prints the id.
    func run() async throws -> Int32 {
        let queue = try await JobQueues.open(layers, secrets: secrets, warn: printer.warn)
        let now = LogTime.secondsSince1970()
        guard let calendar else {
            try report(try await queue.submit(request, at: now), next: nil)
            return ExitCode.done.number
        }
        guard let next = calendar.next(after: now) else {
            throw UsageError("--cron: \"\(calendar.expression)\" never comes")
        }
        let schedule = JobSchedule(
            request: request, expression: calendar.expression, zone: calendar.zone, nextAt: next)
        try report(try await queue.schedule(schedule, at: now), next: next)
        return ExitCode.done.number
    }

    private func report(_ submission: JobSubmission, next: Double?) throws {
        var state = JobState.waiting
        if case .present(let known) = submission {
            state = known
            let message: QueueMessage = calendar == nil ? .present : .presentSchedule
            printer.warn(message.text(["id": request.id.text, "state": state.rawValue]))
        }
        guard arguments.json else { return try ResultOutput.print(request.id.text + "\n") }
        var fields: OrderedDictionary<String, JSONValue> = [
            "id": .string(request.id.text), "added": .bool(submission == .added),
            "script_sha256": .string(request.script.hash),
        ]
        if let next {
            fields["next_at"] = .number(next)
        } else {
            fields["state"] = .string(state.rawValue)
        }
        try ResultOutput.print(.object(fields))
    }

    private static func submitter(_ folders: ConfigurationFolders) -> String {
        let name = folders.environment("USER") ?? folders.environment("LOGNAME") ?? "user \(getuid())"
        return "\(name)@\(FlowOwner.current.host)"
    }
}
