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
    private let progress: ProgressOutput
    private let logger: Logger

    init(_ context: ModuleContext) {
        platform = context.configuration.platform
        files = context.files
        flows = context.flows
        lua = context.lua
        mostBytes = min(64 << 20, context.configuration.limits.maximumMemory / 3)
        progress = context.configuration.progress
        logger = context.configuration.logger
    }

    /// `upload(request)` → the summary, and what was read.
    var function: HostFunction {
        HostFunction.async("c8.upload") { arguments in
            let request = try UploadRequest(arguments)
            let binding = try await PlatformCall.binding(request.operation, of: platform)
            guard let platform else { throw PlatformCall.noPlatform }
            let place = flows.place(TaskTag.current).flatMap { place in
                place.key.isFlow ? nil : UploadPlace(run: place.run, step: place.key, name: request.name)
            }
            do {
                let checkpoint = try await place?.load()
                let source = try self.source(request)
                let driver = try UploadDriver(
                    request,
                    call: UploadCall(
                        client: try await platform.client(), binding: binding, field: request.field, body: request.body,
                        maximumResponseBytes: mostBytes),
                    source: source, checkpoint: checkpoint, place: place,
                    report: try UploadReport(target(request), isNew: checkpoint == nil),
                    progress: progress.line(label: request.operation, total: nil), script: lua)
                let summary = try await flows.keepingOpen { try await driver.run() }
                return [.table(Self.fields(summary)), .table(Self.fields(source.identity))]
            } catch UploadDriver.Ending.stopped(let stop, let last) {
                throw try await failure(stop, last, binding, place)
            } catch let error as UploadError {
                throw ClientError(
                    kind: .invalid, message: error.description, operation: binding.id, outcome: .notSent)
            } catch let error as DuplicateError {
                throw ClientError(
                    kind: .invalid, message: error.description, operation: binding.id, outcome: .notSent)
            }
        }
    }

    /// `in_step()`: whether a flow's step runs, whose journal keeps how far an upload is.
    var isInStep: HostFunction {
        HostFunction.async("c8.upload") { _ in
            [.boolean(flows.place(TaskTag.current).map { !$0.key.isFlow } ?? false)]
        }
    }

    /// `check_input(path, input)` raises where the file is not the one that was uploaded.
    var checkInput: HostFunction {
        HostFunction.async("c8.upload") { arguments in
            let path = try arguments.string(1)
            let input = try arguments.table(2)
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

    /// The error that an upload ends with. What nobody knows of within a step is the step's doubt.
    private func failure(
        _ stop: UploadStop, _ last: ClientError?, _ binding: Binding, _ place: UploadPlace?
    ) async throws -> any Error {
        var error = ClientError(
            kind: last?.kind ?? .invalid, message: "\(binding.id): \(stop)", operation: binding.id, code: last?.code,
            platformMessage: last?.platformMessage, traceID: last?.traceID, status: last?.status,
            attempts: last?.attempts ?? 0, outcome: .rejected)
        switch stop {
        case .inDoubt:
            error.outcome = .unknown
            if let place {
                _ = try await place.run.apply(
                    .doubt(error: error.message, operation: binding.id.rawValue, traceID: last?.traceID), to: place.step
                )
            }
        case .wholesale(let code, let message):
            error.kind = .api
            error.code = code
            error.platformMessage = message
        case .refused: error.kind = .invalid
        case .failing, .fatal:
            if let last { error.message += ": \(last.message)" }
            error.outcome = last?.outcome
            error.isCredentialRefusal = last?.isCredentialRefusal ?? false
        case .cancelled: return CancellationError()
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

    private static func fields(_ identity: InputIdentity) -> LuaTable {
        var fields: [(String, LuaValue)] = [("name", .string(identity.name))]
        if let size = identity.size { fields.append(("size", .integer(size))) }
        if let modified = identity.modified { fields.append(("modified", .integer(modified))) }
        return LuaTable(fields: fields)
    }
}
