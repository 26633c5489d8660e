import C8Run
import C8RunTesting
import C8Sandbox
import Glibc

/// One run of tests: everything that was read beforehand, and the run itself, which ends with an exit code.
struct TestCommandSession: Sendable {
    let arguments: TestArguments
    private let files: [TestFile]
    /// What tests have in common with scripts.
    private var base: RunSession
    private let temporaryFolder: TestTemporaryFolder
    private var report: ReportFile?
    private var coverage: ReportFile?

    /// Reads the files; nothing else is opened before a test needs it.
    ///
    /// - Throws: `UsageError`, `ConfigurationError`, `UnreadableScript`, `NoTests`.
    init(_ arguments: TestArguments, loader: ConfigurationLoader) throws {
        var arguments = arguments
        arguments.run.usesEmulator = !arguments.namesPlatform
        self.arguments = arguments
        try arguments.run.grants.checkHosts()
        try arguments.run.checkRecordings()
        var files: [TestFile] = []
        for path in arguments.paths.isEmpty ? ["."] : arguments.paths {
            do throws(TestFileError) {
                // A file that is named twice runs once.
                for file in try TestFile.find(path) where !files.contains(where: { $0.path == file.path }) {
                    files.append(file)
                }
            } catch {
                throw UnreadableScript(path: error.path, reason: "\(SmallFileError(number: error.number))")
            }
        }
        guard !files.isEmpty else { throw NoTests(paths: arguments.paths) }
        self.files = files
        // No script is run by the session itself.
        let script = Script(source: [], name: "(tests)")
        base = try RunSession(arguments.run, script: script, scriptArguments: [], loader: loader)
        temporaryFolder = try TestTemporaryFolder(environment: loader.folders.environment)
    }

    /// Puts the process behind the kernel's wall. To be called once, while it has a single thread.
    mutating func confine() throws(ConfigurationError) {
        let folders = base.folders
        func absolute(_ path: String) -> String {
            FilePath.absolute(path, relativeTo: folders.workingDirectory, home: folders.home)
        }
        if let file = arguments.reportFile { report = try ReportFile(absolute(file), option: "--output") }
        if let file = arguments.coverageFile { coverage = try ReportFile(absolute(file), option: "--coverage") }
        let readable = Set(files.map { absolute(FilePath.folder(of: $0.path)) } + [folders.workingDirectory])
        let shared = temporaryFolder.shared
        try base.confine { wall in
            wall.readable += readable
            wall.readable.append(shared)
            wall.writable.append(shared)
            // Every test may have an emulator.
            wall.ports = .any
            wall.mayListen = true
        }
    }

    /// Runs the tests; a signal ends them, and the code then tells the signal.
    func run(signals: SignalWatch) async throws -> Int32 {
        let printer = arguments.run.output.printer
        let runner = TestRunner(try configuration(printer))
        let usesColor = arguments.run.output.color.isEnabled(
            onTerminal: OutputStream.standardOutput.isTerminal, environment: base.folders.environment)
        let text = TextReport(usesColor: usesColor) { TerminalText.block($0) }
        let showsText = arguments.format == .text || arguments.reportFile != nil
        let listsOnly = arguments.listsOnly
        let task = Task {
            await runner.run(files) { file in
                if listsOnly {
                    Self.print(Self.list(file))
                } else if showsText {
                    Self.print(text.file(file))
                }
            }
        }
        signals.onStop { _ in task.cancel() }
        let result = await task.value
        let isEmpty = result.tests.isEmpty && result.failures == 0 && signals.received == nil
        base.recorded.finish(arguments.run.output.logger(), warn: printer.warn)
        if !listsOnly { write(result, text: showsText ? text : nil, printer) }
        if isEmpty {
            let error = NoTests(paths: arguments.paths, filter: arguments.filter, hasFiles: true)
            var report = ErrorReport(error.description)
            report.hint = error.hint.text
            printer.print(report.ending(.compile))
        }
        if let signal = signals.received { return ExitCode(stoppedBy: signal).number }
        return (isEmpty || result.failures > 0 ? ExitCode.compile : .done).number
    }

    private func configuration(_ printer: ErrorPrinter) throws -> TestRunner.Configuration {
        var host = base.hostConfiguration(logger: arguments.run.output.logger())
        // The bound is each test's, not that of all tests of a file.
        host.limits.timeout = nil
        var configuration = TestRunner.Configuration(host: host, temporaryFolder: temporaryFolder.own)
        configuration.jobs = arguments.jobs ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        configuration.filter = arguments.filter
        configuration.failFast = arguments.failFast
        configuration.shuffleSeed = arguments.shuffleSeed
        configuration.listsOnly = arguments.listsOnly
        configuration.countsLines = coverage != nil
        configuration.scriptFolders = [base.folders.workingDirectory]
        configuration.exitStatus = { ExitCode($0.kind, isCredentialRefusal: $0.isCredentialRefusal).number }
        if let timeout = arguments.run.timeout { configuration.timeout = timeout / .seconds(1) }
        if base.recorded.isReplay {
            let bindings = arguments.run.platform.bindings.map { path in
                FilePath.absolute(path, relativeTo: base.folders.workingDirectory, home: base.folders.home)
            }
            let settings = RecordedTraffic.replayConfiguration(
                base.layers, bindings: bindings, dryRun: arguments.run.dryRun)
            configuration.platform = { settings }
        } else if let layers = base.layers {
            let settings = try base.platformConfiguration(layers)
            printer.warn("tests that start no emulator call the platform at \(settings.baseURL)")
            configuration.platform = { settings }
            configuration.profileName = layers.profileName ?? "environment"
        } else {
            configuration.bindings = arguments.run.platform.bindings.map { path in
                .file(FilePath.absolute(path, relativeTo: base.folders.workingDirectory, home: base.folders.home))
            }
        }
        return configuration
    }

    private func write(_ result: TestRunResult, text: TextReport?, _ printer: ErrorPrinter) {
        if let text { Self.print(text.summary(result)) }
        if let report {
            if let problem = report.write(arguments.format.write(result)) { printer.warn(problem) }
        } else if text == nil {
            Self.print(arguments.format.write(result))
        }
        guard let coverage else { return }
        let counts = result.coverage
        if let problem = coverage.write(counts.lcov) { printer.warn(problem) }
        let stream = text == nil ? OutputStream.standardError : .standardOutput
        stream.write(TerminalText.block(counts.table))
    }

    /// A test on each line, as `--filter` finds it.
    private static func list(_ file: TestFileResult) -> String {
        let tests = file.tests.map { "\(file.path) › \($0.name)\n" }
        let problems = file.problems.map { "\(file.path): \($0.message)\n" }
        return TerminalText.block((tests + problems).joined())
    }

    @Sendable private static func print(_ text: String) { OutputStream.standardOutput.write(text) }
}
