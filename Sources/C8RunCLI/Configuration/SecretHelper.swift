import C8Sandbox
import Dispatch

/// Runs the program of `secret_key_command` where this process may start none any more: in a helper that was split off
/// before, and that runs this one program alone.
final class SecretHelper: Sendable {
    private let process: HelperProcess

    /// Starts the helper; to be called while the process has a single thread.
    init(_ command: SecretCommand) throws(HelperProcess.Failure) {
        process = try HelperProcess.start {
            do throws(SecretCommandError) {
                return [0] + (try command.runBlocking())
            } catch {
                return [1] + Array(error.reason.utf8)
            }
        }
    }

    /// Has the program run, on a thread of its own, so that waiting for it blocks nobody else.
    func run() async throws(SecretCommandError) -> [UInt8] {
        let answer: [UInt8]? = await withCheckedContinuation { continuation in
            DispatchQueue.global(qos: .userInitiated).async { [process] in
                continuation.resume(returning: try? process.ask())
            }
        }
        guard let answer, let kind = answer.first else {
            throw SecretCommandError(reason: "cannot be started: the process that does it has ended")
        }
        guard kind == 0 else { throw SecretCommandError(reason: String(decoding: answer.dropFirst(), as: UTF8.self)) }
        return Array(answer.dropFirst())
    }
}
