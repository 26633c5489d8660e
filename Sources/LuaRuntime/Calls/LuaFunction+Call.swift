extension LuaFunction {
    /// Calls the function, from any task, and waits for its end.
    ///
    /// ```swift
    /// let total = try await price.call(as: Double.self, "A-1", 3)
    /// ```
    ///
    /// Calls of one script never run at the same time: while one waits for an asynchronous host function, others go on.
    /// Cancelling the Swift task ends what the call waits for.
    ///
    /// - Throws: ``LuaError``; of kind `ended` when the script that the function belongs to has ended.
    @discardableResult
    public func call(_ arguments: any LuaConvertible...) async throws -> [LuaValue] {
        try await call(values: try arguments.map { try $0.luaValue() })
    }

    /// Calls the function and converts what it returns: `as: Int.self`, or `as: (Int, String).self`.
    ///
    /// - Throws: also ``LuaConversionError`` for a result of another type.
    public func call<each Result: LuaConvertible>(
        as types: (repeat each Result).Type, _ arguments: any LuaConvertible...
    ) async throws -> (repeat each Result) {
        try LuaResults.converted(
            try await call(values: try arguments.map { try $0.luaValue() }), as: (repeat each Result).self)
    }

    /// Calls the function with values as they are.
    public func call(values: [LuaValue]) async throws(LuaError) -> [LuaValue] {
        guard let script = reference.owner.script else {
            throw LuaError.ended("the script that this function belongs to has ended")
        }
        return try await script.callBack(self, values)
    }
}
