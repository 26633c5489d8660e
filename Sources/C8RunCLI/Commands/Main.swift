import Dispatch
import Glibc

/// The entry point: signals first, then the command in a task, then the exit code.
@main
enum Main {
    static func main() {
        // Before any other thread exists, so that all of them inherit the signal mask.
        let signals = SignalWatch.start()
        let context = CommandContext(loader: ConfigurationLoader(folders: .current()), signals: signals)
        let status = ExitStatusBox()
        let done = DispatchSemaphore(value: 0)
        let arguments = Array(CommandLine.arguments.dropFirst())
        // Detached: a task of the main actor would wait for this very thread.
        Task.detached {
            status.number = await CommandRunner(context: context).run(arguments)
            done.signal()
        }
        done.wait()
        exit(status.number)
    }
}
