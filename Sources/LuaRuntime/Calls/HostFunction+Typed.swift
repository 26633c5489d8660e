/// Functions whose arguments and results are Swift types.
extension HostFunction {
    /// A function that runs on the script's thread.
    package static func typed<each Argument: LuaParameter, each Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (repeat each Argument) throws -> (repeat each Result)
    ) -> HostFunction {
        .function(name) { arguments in
            var reader = LuaArgumentReader(arguments)
            let results = try body(repeat try (each Argument).take(from: &reader))
            return try LuaResults.values(repeat each results)
        }
    }

    /// A function that the script waits for.
    package static func typed<each Argument: LuaParameter, each Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (repeat each Argument) async throws -> (repeat each Result)
    ) -> HostFunction {
        .async(name) { arguments in
            var reader = LuaArgumentReader(arguments)
            let results = try await body(repeat try (each Argument).take(from: &reader))
            return try LuaResults.values(repeat each results)
        }
    }

    /// A method: the object comes first, and is not counted among the arguments.
    package static func method<Object: LuaConvertible, each Argument: LuaParameter, each Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (Object, repeat each Argument) throws -> (repeat each Result)
    ) -> HostFunction {
        .function(name) { arguments in
            let object: Object = try object(of: arguments)
            var reader = LuaArgumentReader(arguments, skipping: 1)
            let results = try body(object, repeat try (each Argument).take(from: &reader))
            return try LuaResults.values(repeat each results)
        }
    }

    /// A method that the script waits for.
    package static func method<Object: LuaConvertible, each Argument: LuaParameter, each Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (Object, repeat each Argument) async throws -> (repeat each Result)
    ) -> HostFunction {
        .async(name) { arguments in
            let object: Object = try object(of: arguments)
            var reader = LuaArgumentReader(arguments, skipping: 1)
            let results = try await body(object, repeat try (each Argument).take(from: &reader))
            return try LuaResults.values(repeat each results)
        }
    }

    private static func object<Object: LuaConvertible>(of arguments: LuaArguments) throws -> Object {
        do {
            return try Object.fromLua(arguments[1])
        } catch let error as LuaConversionError {
            throw LuaArgumentError(
                function: arguments.function, position: 0, problem: error.description(isMissing: arguments.count == 0))
        }
    }
}
