import C8Client
import C8Platform
import C8Sandbox
import LuaRuntime

/// `c8.<operation>(body, opts)`.
struct PlatformCall: Sendable {
    private let platform: PlatformServices?
    private let files: FileDoor
    private let policy: SandboxPolicy
    private let mostBytes: Int
    private let retired: RetiredOperations
    private let flows: FlowRuns

    init(_ context: ModuleContext) {
        platform = context.configuration.platform
        files = context.files
        policy = context.policy
        mostBytes = min(64 << 20, context.configuration.limits.mostHeldBytes)
        retired = RetiredOperations(logger: context.configuration.logger)
        flows = context.flows
    }

    private static let options = ["timeout", "headers", "validate", "save_to"]

    var function: HostFunction {
        HostFunction.async("c8.call", staysOnThread: true, atOnce: { begin($0, $1) }) { arguments in
            let binding = try await Self.binding(try arguments.text(1), of: platform)
            guard let platform else { throw Self.noPlatform }
            if let entry = Catalogue.standard[binding.id] { retired.note(entry) }
            let body = try CallBody(arguments[2])
            var options = try CallOptions(lua: arguments, position: 3, binding: binding, allowed: Self.options)
            options.maximumResponseBytes = mostBytes
            if binding.id.rawValue == "auth.get_token" { return try await token(platform) }
            options.files = try body.open(files)
            let target = try Self.saveTarget(arguments, files)
            options.sink = target
            options.isDownload = target != nil
            let client = try await platform.client()
            let (json, sent) = (body.json, options)
            let answer: CallAnswer
            do {
                answer = try await flows.writing(binding.id.rawValue, effect: binding.effect, answer: Self.told) {
                    try await client.perform(binding, body: json, options: sent)
                }
            } catch {
                // Now, not when the last who knows of it has let go: the script may look at the folder next.
                target?.discard()
                throw error
            }
            switch answer {
            case .envelope(let envelope):
                guard let target else { return envelope.luaValues }
                target.discard()
                throw ClientError.unusable(
                    .http,
                    "answered with an envelope instead of a file, so nothing was saved; call it without save_to to "
                        + "see its data", operation: binding.id, effect: binding.effect)
            case .withheld(let withheld):
                target?.discard()
                return try Self.values(withheld)
            case .file(let file):
                try Self.keep(target, of: binding)
                return Self.values(file, savedTo: target == nil ? nil : try arguments.table(3)["save_to"])
            }
        }
    }

    /// Begins what most calls are: an operation with a body of fields and without options, a token at hand.
    private func begin(_ arguments: LuaArguments, _ answer: HostAnswer) -> Bool {
        guard case .string(let id) = arguments[1], arguments.isNone(3),
            let (client, call) = platform?.prepared(id.bytes),
            // A write in a step goes into the journal first, one beside a step is warned of, and a job's worker is asked.
            flows.needsNobody(call.binding.effect, answer.tag)
        else { return false }
        let waiter = LuaCallWaiter(answer: answer)
        if call.takesAnyBody, let text = BodyText.text(of: arguments[2]) {
            return client.begin(call, text: text, body: .null, maximumResponseBytes: mostBytes, for: waiter)
        }
        guard let body = try? CallBody(arguments[2]), body.isJSONAlone else { return false }
        return client.begin(call, text: nil, body: body.json, maximumResponseBytes: mostBytes, for: waiter)
    }

    /// What an answer is known by.
    static func told(_ answer: CallAnswer) -> (code: Int64?, traceID: String?) {
        guard case .envelope(let envelope) = answer else { return (nil, nil) }
        return (envelope.code, envelope.traceID)
    }

    /// Begun before anything is sent: a download that may not be kept is not asked for.
    private static func saveTarget(_ arguments: LuaArguments, _ files: FileDoor) throws -> SaveTarget? {
        guard !arguments.isNone(3), let value = try arguments.table(3)["save_to"] else { return nil }
        guard case .string(let path) = value else {
            throw arguments.error(3, "option save_to must be the path of a file")
        }
        return SaveTarget(file: try files.replace(FilePath(bytes: path.bytes), verb: "save to"))
    }

    /// Puts a download in its place. Where that fails after a write, the error must not pass for one of a call that failed.
    private static func keep(_ target: SaveTarget?, of binding: Binding) throws {
        do {
            try target?.commit()
        } catch let error where binding.effect != .read {
            throw ClientError.unusable(.invalid, "\(error)", operation: binding.id, effect: binding.effect)
        }
    }

    /// The content, or the path where it is; and what the platform said of it.
    private static func values(_ file: DownloadedFile, savedTo path: LuaValue?) -> [LuaValue] {
        var fields: [(String, LuaValue)] = []
        if let name = file.name { fields.append(("name", .string(name))) }
        if let type = file.type { fields.append(("type", .string(type))) }
        return [path ?? .string(LuaString(bytes: file.bytes)), .table(LuaTable(fields: fields))]
    }

    /// The binding of an operation, or the error that names the page to take it from.
    static func binding(_ id: String, of platform: PlatformServices?) async throws -> Binding {
        guard let entry = Catalogue.standard[OperationID(id)], entry.kind == .operation else {
            throw UnknownOperation(id: id)
        }
        guard let platform else { throw noPlatform }
        guard let binding = try await platform.binding(of: entry.id) else {
            throw ClientError.unbound(entry)
        }
        return binding
    }

    static let noPlatform = ClientError(
        kind: .config,
        message: "no platform is configured: set C8_BASE_URL, C8_ACCESS_KEY and C8_SECRET_KEY, write a profile, "
            + "or run with --emulator", outcome: .notSent)

    /// A token is fetched by the token source alone, and shown only where that is granted.
    private func token(_ platform: PlatformServices) async throws -> [LuaValue] {
        _ = try await platform.tokens().token()
        var fields = TokenModule.fields(try await platform.tokens().status())
        if (try? policy.checkToken()) != nil {
            fields.append(("accessToken", try await TokenModule.revealed(platform, policy)))
        }
        return [.table(LuaTable(fields: fields)), .nil]
    }

    /// What a request that a dry run did not send is answered with: a placeholder that says what it is.
    static func values(_ withheld: WithheldRequest) throws -> [LuaValue] {
        let data = Envelope(code: 200, message: "dry run", data: try JSONBytes(withheld.placeholder)).luaValues.first
        return [
            data ?? .nil, .table(LuaTable(fields: [("dry_run", .boolean(true)), ("message", .string("dry run"))])),
        ]
    }
}
