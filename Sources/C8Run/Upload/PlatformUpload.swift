import C8Client
import C8Flow
import C8Platform
import C8Sandbox
import Logging
import LuaRuntime

/// `c8.upload{…}`, behind the checks of `c8/_upload.lua`.
struct PlatformUpload: Sendable {
    private let platform: PlatformServices?
    private let files: FileDoor
    private let flows: FlowRuns
    private let lua: ScriptReference
    private let mostBytes: Int
    private let isDryRun: Bool
    private let progress: ProgressOutput
    private let logger: Logger
    private let clock: any ClientClock

    init(_ context: ModuleContext) {
        platform = context.configuration.platform
        files = context.files
        flows = context.flows
        lua = context.lua
        mostBytes = min(64 << 20, context.configuration.limits.mostHeldBytes)
        progress = context.configuration.progress
        isDryRun = context.configuration.isDryRun
        logger = context.configuration.logger
        clock = context.configuration.timer ?? context.configuration.clock ?? SystemClock()
    }

    /// `upload(request)` → the summary, and what was read.
    var function: HostFunction {
        HostFunction.async("c8.upload") { arguments in
            let request = try UploadRequest(arguments)
            let binding = try await PlatformCall.binding(request.operation, of: platform)
            guard let platform else { throw PlatformCall.noPlatform }
            let tag = TaskTag.current
            let place = flows.place(tag).flatMap { place in
                place.key.isFlow ? nil : UploadPlace(run: place.run, step: place.key, name: request.name)
            }
            if place == nil, binding.effect == .write { flows.warnOfWrite(binding.id.rawValue, tag) }
            guard place == nil || flows.isFirst("upload \(request.name)", within: tag) else {
                throw arguments.error(1, "the step has an upload already: give each an id of its own")
            }
            var open: Set<StepKey> = []
            var preparing: Task<Void, Never>?
            defer { preparing?.cancel() }
            do {
                let source = try self.source(request)
                preparing = Task {
                    // Most of the time that the state takes is the disk's.
                    async let state: Void = isDryRun ? () : Self.openState(of: platform)
                    await source.prepare()
                    await state
                }
                let loaded = try await place?.load(canVerify: request.verify != nil)
                let checkpoint = loaded?.checkpoint
                open = loaded?.open ?? []
                let driver = try UploadDriver(
                    request,
                    call: UploadCall(
                        client: try await platform.client(), binding: binding, field: request.field, body: request.body,
                        maximumResponseBytes: mostBytes, isDryRun: isDryRun),
                    source: source, checkpoint: checkpoint, age: loaded?.age ?? 0, place: place,
                    report: try UploadReport(target(request), isNew: checkpoint == nil),
                    progress: progress.line(label: request.operation, total: nil), script: lua,
                    clock: clock)
                let summary = try await sending(binding, place, driver)
                return [.table(Self.fields(summary)), .table(Self.fields(source.identity, request.plan))]
            } catch UploadDriver.Ending.stopped(let stop, let checkpoint, let last, let errors) {
                var error = failure(stop, last, binding)
                // The last request's outcome is not the upload's, of which a part is done.
                let isBegun = checkpoint.summary.accepted > 0 || !checkpoint.inDoubt.isEmpty
                if place == nil, binding.effect == .write, isBegun { error?.outcome = .unknown }
                guard case .inDoubt(let slices) = stop, let place else {
                    throw error ?? CancellationError() as any Error
                }
                let keys = try await place.doubt(
                    slices, in: checkpoint, open: open, errors: errors, operation: binding.id.rawValue)
                let reason = slices.lazy.compactMap { errors[$0]?.message }.first ?? UploadPlace.noReason
                return [.nil, .string(Self.stopMessage(keys, place, binding, reason))]
            } catch UploadDriver.Ending.unkept(let failure) {
                guard let place else { throw failure }
                return [.nil, .string(Self.unkeptMessage(failure, place, binding))]
            } catch let error as UploadError {
                throw ClientError(
                    kind: .invalid, message: error.description, operation: binding.id, outcome: .notSent)
            } catch let error as DuplicateError {
                throw ClientError(
                    kind: .invalid, message: error.description, operation: binding.id, outcome: .notSent)
            }
        }
    }

    /// What cannot be opened is told by the request that needs it.
    private static func openState(of platform: PlatformServices) async {
        _ = try? await platform.tokens().status()
    }

    private func sending(_ binding: Binding, _ place: UploadPlace?, _ driver: UploadDriver) async throws
        -> UploadSummary
    {
        if let place {
            return try await flows.keepingOpen { try await place.run.permitting { try await driver.run() } }
        }
        guard !isDryRun else { return try await flows.keepingOpen { try await driver.run() } }
        return try await flows.guarding(binding.id.rawValue, effect: binding.effect) {
            try await flows.keepingOpen { try await driver.run() }
        }
    }

    /// `place()`: `step` within a flow's step, whose journal keeps how far an upload is; `flow` outside of steps; else nil.
    var placeName: HostFunction {
        HostFunction.async("c8.upload") { _ in
            [flows.place(TaskTag.current).map { .string($0.key.isFlow ? "flow" : "step") } ?? .nil]
        }
    }

    /// `check_input(request, input)` raises where this is not what was uploaded.
    var checkInput: HostFunction {
        HostFunction.async("c8.upload") { arguments in
            let request = try UploadRequest(arguments)
            let input = try arguments.table(2)
            if case .integer(let rows)? = input["rows"], case .string(let selection)? = input["selection"] {
                let old = BatchPlan(rows: Int(clamping: rows), selection: selection.description)
                if old != request.plan {
                    let name = if case .string(let name)? = input["name"] { name.description } else { "rows" }
                    throw ClientError(
                        kind: .invalid, message: "\(UploadError.planChanged(name: name, from: old, to: request.plan))",
                        outcome: .notSent)
                }
            }
            guard case .file(let path, _, _) = request.source else { return [] }
            guard case .integer(let size)? = input["size"], case .integer(let modified)? = input["modified"] else {
                return []
            }
            let file = try files.openForReading(FilePath(bytes: path.bytes))
            let uploaded = InputIdentity(name: path.description, size: size, modified: modified)
            if let difference = FileUploadSource.identity(path.description, file).difference(from: uploaded) {
                throw ClientError(
                    kind: .invalid,
                    message:
                        "\(UploadError.inputChanged(InputChange(name: path.description, lines: nil, difference: difference)))",
                    outcome: .notSent)
            }
            return []
        }
    }

    private func source(_ request: UploadRequest) throws -> any UploadSource {
        let check = request.check.map { RowCheck(function: $0, script: lua) }
        switch request.source {
        case .file(let path, let column, let format):
            let file = FilePath(bytes: path.bytes)
            return try FileUploadSource(
                name: path.description, column: column, format: format, plan: request.plan, check: check,
                open: { [files] in try files.openForReading(file) })
        case .function(let function):
            return RowUploadSource(function, script: lua, plan: request.plan, check: check)
        }
    }

    private func target(_ request: UploadRequest) -> UploadReport.Target {
        if let path = request.rejectedFile { return .file(FilePath(bytes: path.bytes), files) }
        if let function = request.rejectedFunction { return .function(function, lua) }
        return .log(logger)
    }

    /// What the operator is to do about requests in doubt.
    private static func stopMessage(
        _ keys: [StepKey], _ place: UploadPlace, _ binding: Binding, _ reason: String
    ) -> String {
        let id = ShellText.quoted(place.run.claim.id.text)
        let commands = keys.prefix(10).map { "\n  c8run flow resolve \(id) \(ShellText.quoted($0.text)) --done null" }
        let more = keys.count > 10 ? "\n  and \(keys.count - 10) more: c8run flow show \(id)" : ""
        return "flow \"\(place.run.claim.id)\" stops at step \"\(place.step)\": it is not known whether \(keys.count) "
            + "\(keys.count == 1 ? "batch was" : "batches were") accepted by \(binding.id) (\(reason)). Look "
            + "each up on the platform, say with --done null that it was accepted, or with --retry that it was not and is "
            + "to be sent again, and run the script again. An upload with verify settles this by itself."
            + commands.joined() + more
    }

    /// What the operator is to do where the journal could not be told how far the upload is.
    private static func unkeptMessage(_ failure: FlowError, _ place: UploadPlace, _ binding: Binding) -> String {
        let rest =
            binding.effect == .write
            ? "; what it had sent and the journal knows no end of is then in doubt, for verify or for you to settle"
            : ""
        return
            "flow \"\(place.run.claim.id)\" stops at step \"\(place.step)\": how far its upload by \(binding.id) is could "
            + "not be written down: \(failure.message). Mend that, and run the script again: it goes on from what the "
            + "journal has\(rest)"
    }

    /// The error that an upload ends with.
    private func failure(_ stop: UploadStop, _ last: ClientError?, _ binding: Binding) -> ClientError? {
        var error = ClientError(
            kind: last?.kind ?? .invalid, message: "\(binding.id): \(stop)", operation: binding.id, code: last?.code,
            platformMessage: last?.platformMessage, traceID: last?.traceID, status: last?.status,
            attempts: last?.attempts ?? 0, outcome: .rejected)
        switch stop {
        case .inDoubt: error.outcome = .unknown
        case .wholesale(let code, let message):
            error.kind = .api
            error.code = code
            error.platformMessage = message
        case .refused: error.kind = .invalid
        case .failing, .fatal:
            if let last { error.message += ": \(last.message)" }
            error.outcome = last?.outcome
            error.isCredentialRefusal = last?.isCredentialRefusal ?? false
        case .cancelled: return nil
        }
        return error
    }

    private static func fields(_ summary: UploadSummary) -> LuaTable {
        LuaTable(fields: [
            ("sent", .integer(Int64(summary.sent))), ("accepted", .integer(Int64(summary.accepted))),
            ("rejected", .integer(Int64(summary.rejected))), ("duplicate", .integer(Int64(summary.duplicate))),
            ("batches", .integer(Int64(summary.batches))), ("retries", .integer(Int64(summary.retries))),
            ("seconds", .number(summary.seconds)),
        ])
    }

    private static func fields(_ identity: InputIdentity, _ plan: BatchPlan) -> LuaTable {
        var fields: [(String, LuaValue)] = [
            ("name", .string(identity.name)), ("rows", .integer(Int64(plan.rows))),
            ("selection", .string(plan.selection)),
        ]
        if let size = identity.size { fields.append(("size", .integer(size))) }
        if let modified = identity.modified { fields.append(("modified", .integer(modified))) }
        return LuaTable(fields: fields)
    }
}
