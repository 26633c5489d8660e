import C8Platform
import C8Queue
import C8Run
import Logging

/// Runs one job after another, each in a host that may do what its terms and the worker's own grants both allow.
struct JobRunner: Sendable {
    /// The worker's own host: its grants bound those of jobs, its limits theirs.
    let worker: ScriptHost.Configuration
    let granted: RunGrants
    /// The host's form of grants, with what is out of reach on this machine.
    let hostGrants: @Sendable (RunGrants) -> ScriptHost.Grants
    /// Makes a path of the worker's own grants absolute.
    let absolute: @Sendable (String) -> String
    let folders: JobFolders
    private let ceiling: GrantCeiling

    /// Bytes of an error's sentence.
    private static let mostError = 4 << 10

    /// - Throws: `ScriptError` where a host of the worker's grants is none.
    init(
        worker: ScriptHost.Configuration, granted: RunGrants,
        hostGrants: @escaping @Sendable (RunGrants) -> ScriptHost.Grants,
        absolute: @escaping @Sendable (String) -> String, folders: JobFolders
    ) throws(ScriptError) {
        self.worker = worker
        self.granted = granted
        self.hostGrants = hostGrants
        self.absolute = absolute
        self.folders = folders
        ceiling = try GrantCeiling(worker.grants)
    }

    /// Runs the job to its end, or until the task is cancelled.
    func run(_ job: ClaimedJob, _ attempt: JobAttempt) async -> JobEnd {
        let (output, log) = (TextTail(), TextTail())
        let logger = Logger(label: "c8run") { [logger = worker.logger] _ in
            JobLogHandler(id: job.claim.id.text, worker: logger, tail: log)
        }
        var end = JobEnd(exitCode: 0)
        do {
            let result = try await run(job, attempt, output: output, log: log, logger: logger)
            end.exitCode = result.exitStatus
            if result.exitStatus != 0 { end.error = "the script ended itself with os.exit(\(result.exitStatus))" }
            end.result = Self.result(result, logger)
        } catch {
            (end.exitCode, end.error) = Self.failure(error, log)
        }
        end.error = end.error.map(withoutTokens)
        end.result = end.result.map(withoutTokens)
        end.output = withoutTokens(output.text)
        end.log = withoutTokens(log.text)
        return end
    }

    /// The queue keeps what scripts give for as long as an operator likes, and lists show it.
    private func withoutTokens(_ text: String) -> String { worker.platform?.hidingRevealedTokens(in: text) ?? text }

    private func run(
        _ job: ClaimedJob, _ attempt: JobAttempt, output: TextTail, log: TextTail, logger: Logger
    ) async throws -> ScriptResult {
        let request = job.request
        guard request.script.isIntact else {
            throw ScriptError(
                kind: .config,
                message: "the script in the queue is not the one that was submitted: its SHA-256 is not "
                    + "\(request.script.hash); somebody has changed it there. Submit it again under another id")
        }
        let terms: JobTerms
        do {
            terms = try JobTerms(text: request.terms)
        } catch {
            throw ScriptError(kind: .config, message: error.description)
        }
        let missing = ScriptNeeds(grants: terms.grants).missing(in: granted, absolute: absolute)
        if !missing.isEmpty {
            logger.warning(
                "this worker was not granted all that the job was: using more than the worker may ends it with 77",
                metadata: ["missing": "\(missing.joined(separator: " "))"])
        }
        var configuration = worker
        configuration.grants = hostGrants(terms.grants)
        configuration.ceiling = ceiling
        configuration.limits = Self.limits(terms, worker.limits)
        configuration.logger = logger
        configuration.writeGuard = attempt
        configuration.flows = worker.flows?.with(input: request.input)
        configuration.standardOutput = { output.add($0) }
        configuration.standardError = { log.add($0) }
        let folder = try folders.enter(request.script)
        defer { folders.leave(request.script) }
        let script = Script(source: request.script.source, name: request.script.name, folder: folder)
        return try await ScriptHost(configuration: configuration).run(script, arguments: request.arguments)
    }

    /// The smaller ones.
    private static func limits(_ terms: JobTerms, _ worker: ScriptHost.Limits) -> ScriptHost.Limits {
        func least<Value: Comparable>(_ own: Value?, _ bound: Value?) -> Value? {
            guard let own, let bound else { return own ?? bound }
            return min(own, bound)
        }
        return ScriptHost.Limits(
            maximumMemory: least(terms.maximumMemory, worker.maximumMemory) ?? worker.maximumMemory,
            timeout: least(terms.timeout, worker.timeout),
            maximumInstructions: least(terms.maximumInstructions, worker.maximumInstructions),
            maximumOutput: least(terms.maximumOutput, worker.maximumOutput) ?? worker.maximumOutput)
    }

    /// The first value that the script returned, as JSON text.
    private static func result(_ result: ScriptResult, _ logger: Logger) -> String? {
        guard let value = result.values.first else { return nil }
        if case .nil = value { return nil }
        do {
            let bytes = try JSONSerializer.serialize(try LuaJSON.value(of: value, name: "result"))
            if bytes.count <= JobLimits.mostText { return String(decoding: bytes, as: UTF8.self) }
            logger.warning(
                "the result has \(bytes.count) bytes as JSON and is not kept: at most \(JobLimits.mostText) are")
        } catch let error as LuaJSONError {
            logger.warning("the result is not kept: it \(error.luaMessage)")
        } catch {
            logger.warning("the result is not kept: \(error)")
        }
        return nil
    }

    private static func failure(_ error: any Error, _ log: TextTail) -> (code: Int32, sentence: String) {
        // Whoever stopped it says why.
        if Task.isCancelled, (error as? ScriptError)?.kind == .cancelled {
            return (ExitCode.terminated.number, "the worker stopped it")
        }
        let failure = CommandFailure(error, stoppedBy: nil)
        var sentence = (error as? ScriptError)?.message ?? "\(error)"
        let traceback = (error as? ScriptError)?.traceback.prefix(20).map { "\n    " + $0 }.joined() ?? ""
        log.add("c8run: \(sentence)\(traceback)\n")
        if sentence.utf8.count > mostError {
            sentence = String(decoding: sentence.utf8.prefix(mostError), as: UTF8.self) + "…"
        }
        return (failure.exitCode.number, sentence.replacing("\0", with: "\u{FFFD}"))
    }
}
