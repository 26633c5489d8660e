public import ServiceLifecycle

/// A script as a service of a `ServiceGroup`: it runs until it ends, or until the group shuts down gracefully. Then the script
/// is unwound, so that its `<close>` variables run, and the service ends without an error.
///
/// ```swift
/// let group = ServiceGroup(
///     services: [ScriptService(host, script: worker)], gracefulShutdownSignals: [.sigterm], logger: logger)
/// try await group.run()
/// ```
public struct ScriptService: Service {
    private let host: ScriptHost
    private let script: Script
    private let arguments: [String]

    /// A service that runs one script.
    ///
    /// - Parameter arguments: what the script finds in `...` and in `arg`.
    public init(_ host: ScriptHost, script: Script, arguments: [String] = []) {
        self.host = host
        self.script = script
        self.arguments = arguments
    }

    /// Runs the script. Writes that are under way at its end are waited for, up to eight seconds.
    ///
    /// - Throws: ``ScriptError``, unless it was the shutdown that ended the script.
    public func run() async throws {
        let task = Task { _ = try await host.run(script, arguments: arguments) }
        let result = await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await task.result
            } onGracefulShutdown: {
                task.cancel()
            }
        } onCancel: {
            task.cancel()
        }
        await host.shutdown()
        if case .failure(let error as ScriptError) = result, error.kind == .cancelled, Task.isShuttingDownGracefully {
            return
        }
        try result.get()
    }
}
