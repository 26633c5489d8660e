import C8Platform
import C8Run
import LuaRuntime
import Synchronization

/// `test.run`: a script file as the thing under test, in a host of its own.
struct TestScriptFunctions: Sendable {
    private static let options = ["args", "input", "grants", "interrupt", "timeout"]

    private let session: TestSession

    init(_ session: TestSession) { self.session = session }

    var all: [(String, LuaValue)] {
        [
            TestModule.asynchronous("run") { arguments in
                let options = TestOptions("test.run", arguments[2])
                try options.check(Self.options)
                return [.table(LuaTable(fields: try await run(try arguments.text(1), options)))]
            }
        ]
    }

    private func run(_ name: String, _ options: TestOptions) async throws -> [(String, LuaValue)] {
        let script = try script(name)
        let (output, errors) = (OutputBuffer(), OutputBuffer())
        let services = session.platform.makeServices()
        var configuration = session.settings.host
        configuration.grants = try grants(options)
        configuration.platform = services
        configuration.profileName = session.settings.profileName
        configuration.clock = session.clock.background
        configuration.standardOutput = { output.append($0) }
        configuration.standardError = { errors.append($0) }
        configuration.logger = TestLogHandler.logger(errors)
        configuration.limits.timeout =
            try options.number("timeout", above: 0).map { Duration.seconds($0) } ?? configuration.limits.timeout
        let input = try input(options)
        let journal = session.journal
        configuration.flows = FlowServices(input: input) { journal }
        if session.settings.countsLines {
            configuration.lineCounts = { [session] counts in
                session.state.withLock { $0.coverage.add(counts) }
            }
        }
        let point = try interruption(options)
        let host = ScriptHost(configuration: configuration)
        let arguments = try options.texts("args") ?? []
        await session.platform.register(services)
        let ending = TaskEnding()
        if let point {
            let platform = session.platform
            journal.arm(point) {
                await platform.die()
                ending.end()
            }
        }
        let task = Task { try await host.run(script, arguments: arguments) }
        ending.set { task.cancel() }
        let result = await withTaskCancellationHandler {
            await task.result
        } onCancel: {
            task.cancel()
        }
        await session.platform.forget(services)
        await services.shutdown()
        let wasInterrupted = journal.hasCrashed
        _ = await journal.disarm()
        if wasInterrupted { await session.platform.revive() }
        return fields(result, output: output, errors: errors, wasInterrupted: wasInterrupted)
    }

    private func fields(
        _ result: Result<ScriptResult, any Error>, output: OutputBuffer, errors: OutputBuffer, wasInterrupted: Bool
    ) -> [(String, LuaValue)] {
        var fields: [(String, LuaValue)] = [
            ("stdout", .string(output.take())), ("stderr", .string(errors.take())),
            ("interrupted", .boolean(wasInterrupted)),
        ]
        switch result {
        case .success(let result): fields.append(("exit", .integer(Int64(result.exitStatus))))
        case .failure(let error as ScriptError):
            // As a shell tells of a process that was killed.
            fields.append(("exit", .integer(Int64(wasInterrupted ? 137 : session.settings.exitStatus(error)))))
            if !wasInterrupted { fields.append(("error", .table(LuaTable(fields: Self.fields(error))))) }
        case .failure(let error):
            fields.append(("exit", .integer(70)))
            let message = LuaTable(fields: [("kind", .string("internal")), ("message", .string("\(error)"))])
            fields.append(("error", .table(message)))
        }
        return fields
    }

    private static func fields(_ error: ScriptError) -> [(String, LuaValue)] {
        var fields: [(String, LuaValue)] = [
            ("kind", .string(error.kind.rawValue)), ("message", .string(error.message)),
            ("traceback", .table(LuaTable(array: error.traceback.map { .string($0) }))),
        ]
        if let operation = error.operation { fields.append(("operation", .string(operation))) }
        if let code = error.code { fields.append(("code", .integer(code))) }
        if let trace = error.traceID { fields.append(("trace_id", .string(trace))) }
        if let status = error.status { fields.append(("status", .integer(Int64(status)))) }
        if let outcome = error.outcome { fields.append(("outcome", .string(outcome))) }
        return fields
    }

    private func interruption(_ options: TestOptions) throws(TestMisuse) -> CrashPoint? {
        guard let value = options.table["interrupt"] else { return nil }
        let moments = TestOptions("test.run: interrupt", value)
        try moments.check(["before", "after", "done"])
        return try CrashPoint(moments)
    }

    // MARK: - What is run

    /// The script at a path from the test's folder. Only below the folders that the run of tests is about.
    private func script(_ name: String) throws -> Script {
        let path = FileText.joined(session.file.folder, name)
        guard let real = FileText.real(path) else { throw TestMisuse("test.run cannot find the script \(path)") }
        let isInside = session.settings.roots.contains { root in
            root == "/" || real == root || real.hasPrefix(root + "/")
        }
        guard isInside else {
            throw TestMisuse(
                "test.run runs scripts below \(session.settings.roots.joined(separator: ", ")), not \(real)")
        }
        do throws(TestFileError) {
            let folder = TestFile(path: path, source: []).folder
            return Script(source: try FileText.read(path), name: path, folder: folder)
        } catch {
            throw TestMisuse("test.run \(error)")
        }
    }

    private func input(_ options: TestOptions) throws -> String? {
        guard let value = options.table["input"] else { return nil }
        let json = try LuaJSON.value(of: value, name: "input")
        return String(decoding: try JSONSerializer.serialize(json), as: UTF8.self)
    }

    /// At most what the tests themselves have.
    private func grants(_ options: TestOptions) throws -> ScriptHost.Grants {
        let own = session.settings.grants(temporaryFolder: session.temporaryFolder)
        guard let value = options.table["grants"] else { return own }
        return try TestGrants(own).narrowed(TestOptions("test.run: grants", value))
    }
}
