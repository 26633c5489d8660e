import C8Sandbox
import LuaRuntime

/// `c8.env`: environment variables, as far as they are granted, and the secrets of other systems, which nobody sees.
enum EnvironmentModule {
    static let module = HostModule(name: "c8.env") { context in
        [("get", .hostFunction(getenv(context))), ("secret", .hostFunction(context.secrets.lookup))]
    }

    /// Also `os.getenv`. A variable that is granted but not set is nil.
    static func getenv(_ context: ModuleContext) -> HostFunction {
        HostFunction.function("getenv") { arguments in
            let name = try arguments.text(1)
            try context.policy.checkEnvironment(name)
            return [context.configuration.environment(name).map { .string($0) } ?? .nil]
        }
    }
}
