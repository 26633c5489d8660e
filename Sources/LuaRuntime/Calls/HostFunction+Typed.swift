/// Functions whose arguments and results are Swift types.
extension HostFunction {
    // The synchronous ones are inlined where they are registered: there the types are known, and nothing is boxed for a call.
    // The compiler does not see through a parameter pack there, so the commonest numbers of arguments have forms of their own.

    /// A function that runs on the script's thread.
    @inlinable
    package static func typed<each Argument: LuaParameter, Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (repeat each Argument) throws -> Result
    ) -> HostFunction {
        .direct(name) { call in
            var reader = LuaArgumentReader(call)
            try body(repeat try (each Argument).take(from: &reader)).write(to: &call)
        }
    }

    /// A function of one argument that runs on the script's thread.
    @inlinable
    package static func typed<Argument: LuaParameter, Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (Argument) throws -> Result
    ) -> HostFunction {
        .direct(name, isUnary: true) { call in
            try body(try Argument.takeFirst(of: call)).write(to: &call)
        }
    }

    /// A function of two arguments that runs on the script's thread.
    @inlinable
    package static func typed<First: LuaParameter, Second: LuaParameter, Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (First, Second) throws -> Result
    ) -> HostFunction {
        .direct(name) { call in
            var reader = LuaArgumentReader(call)
            let first = try First.take(from: &reader)
            try body(first, try Second.take(from: &reader)).write(to: &call)
        }
    }

    /// A function that runs on the script's thread, with any number of results.
    @inlinable
    package static func typed<each Argument: LuaParameter, each Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (repeat each Argument) throws -> (repeat each Result)
    ) -> HostFunction {
        .direct(name) { call in
            var reader = LuaArgumentReader(call)
            let results = try body(repeat try (each Argument).take(from: &reader))
            for result in repeat each results { try result.write(to: &call) }
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
    @inlinable
    package static func method<Object: LuaConvertible, each Argument: LuaParameter, Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (Object, repeat each Argument) throws -> Result
    ) -> HostFunction {
        .direct(name) { call in
            var reader = LuaArgumentReader(call, skipping: 1)
            let object = try reader.object(as: Object.self)
            try body(object, repeat try (each Argument).take(from: &reader)).write(to: &call)
        }
    }

    /// A method with any number of results.
    @inlinable
    package static func method<Object: LuaConvertible, each Argument: LuaParameter, each Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (Object, repeat each Argument) throws -> (repeat each Result)
    ) -> HostFunction {
        .direct(name) { call in
            var reader = LuaArgumentReader(call, skipping: 1)
            let object = try reader.object(as: Object.self)
            let results = try body(object, repeat try (each Argument).take(from: &reader))
            for result in repeat each results { try result.write(to: &call) }
        }
    }

    /// A method that the script waits for.
    package static func method<Object: LuaConvertible, each Argument: LuaParameter, each Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (Object, repeat each Argument) async throws -> (repeat each Result)
    ) -> HostFunction {
        .async(name) { arguments in
            var reader = LuaArgumentReader(arguments, skipping: 1)
            let object = try reader.object(as: Object.self)
            let results = try await body(object, repeat try (each Argument).take(from: &reader))
            return try LuaResults.values(repeat each results)
        }
    }
}
