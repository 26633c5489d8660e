import C8Sandbox
import Dispatch
import Glibc

/// The entry point: what needs a process of one thread first, then the command in a task, then the exit code.
@main
enum Main {
    static func main() {
        // Before anything is opened.
        StandardDescriptors.complete()
        // Before any secret is read.
        ProcessMemory.protect()
        let arguments = Array(CommandLine.arguments.dropFirst())
        let language =
            CommandLineReader.standard.language(of: arguments) ?? .ofLocale(ConfigurationFolders.current().environment)
        Language.$current.withValue(language) { run(arguments) }
    }

    private static func run(_ arguments: [String]) {
        let signals = SignalWatch()
        let runner = CommandRunner(
            context: CommandContext(loader: ConfigurationLoader(folders: .current()), signals: signals))
        let work = runner.confine(runner.prepare(arguments))
        if case .ended(let status) = work { exit(status) }
        // Before any other thread exists, so that all of them inherit the signal mask; and behind the wall.
        signals.start()
        let language = Language.current
        if case .run = work {
            let main = MainThread()
            exit(main.run { await Language.$current.withValue(language) { await runner.perform(work, on: main) } })
        }
        let status = ExitStatusBox()
        let done = DispatchSemaphore(value: 0)
        // Detached: a task of the main actor would wait for this very thread.
        Task.detached {
            status.number = await Language.$current.withValue(language) { await runner.perform(work) }
            done.signal()
        }
        done.wait()
        exit(status.number)
    }
}
