import C8Platform
import C8Run
import C8Sandbox
import C8Store
import C8Terminal
import Glibc

/// One `c8run repl`: what was read beforehand, and the loop.
struct ReplSession: Sendable {
    private(set) var run: RunSession
    private var editor: LineEditor?
    private var historyFile: ReplHistoryFile?

    var printer: ErrorPrinter { run.arguments.output.printer }

    /// - Throws: as ``RunSession``.
    init(_ arguments: RunArguments, loader: ConfigurationLoader) throws {
        if let extra = arguments.positionals.first {
            throw UsageError(.promptTakesNoScript, ["word": extra])
        }
        run = try RunSession(arguments, loader: loader)
    }

    /// Opens the terminal and puts the process behind the kernel's wall. To be called once, while it has a single thread.
    ///
    /// - Throws: as ``RunSession/confine(_:)``.
    mutating func confine() throws(ConfigurationError) {
        var folders: [String] = []
        if isatty(STDIN_FILENO) == 1 {
            // Its library and the terminal's description are out of reach behind the wall.
            do throws(LineEditorError) {
                editor = try LineEditor(output: isatty(STDOUT_FILENO) == 1 ? STDOUT_FILENO : STDERR_FILENO)
            } catch {
                printer.warn("\(error); lines are read without editing")
            }
            if let folder = run.folders.defaultStateFolder, (try? StateStore.makeFolder(folder)) != nil {
                historyFile = ReplHistoryFile(path: FilePath.join(folder, "repl_history"))
                folders.append(folder)
            }
        }
        try run.confine { [folders] wall in wall.ownFolders += folders }
    }

    /// Reads and runs until the end.
    ///
    /// - Returns: the exit code.
    func perform(signals: SignalWatch) async throws -> Int32 {
        let input: ReplInput = editor.map { .terminal($0) } ?? .pipe(PipeLines())
        let settings = run.arguments.output
        let output = ReplOutput(
            usesColor: settings.color.isEnabled(
                onTerminal: OutputStream.standardOutput.isTerminal, environment: ProcessEnvironment.lookup))
        let history = historyFile
        return try await run.measured(signals: signals) {
            let result = await run.withHost(output: { try output.write($0) }) {
                host, services -> Result<Int32, any Error> in
                var loop = ReplLoop(
                    host: host, services: services, input: input, output: output, printer: printer,
                    signals: signals, place: place, historyFile: history)
                signals.onStop { _ in input.stop() }
                do {
                    return .success(try await loop.run(code: run.arguments.code))
                } catch {
                    return .failure(error)
                }
            }
            // A prompt that a signal ended tells the signal.
            if let signal = signals.received { return ExitCode(stoppedBy: signal).number }
            return try result.get()
        }
    }

    /// What the session talks to, for the greeting.
    private var place: String {
        if run.arguments.usesEmulator { return "emulator" }
        guard let layers = run.layers, (try? layers.platformSettings()) != nil else { return "no platform configured" }
        return layers.profileName.map { "profile \($0)" } ?? "platform of the environment"
    }
}
