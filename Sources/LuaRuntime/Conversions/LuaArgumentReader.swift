/// Reads the arguments of a call one after another, as the parameters of a Swift function ask for them.
public struct LuaArgumentReader {
    private let arguments: LuaArguments
    /// Of the next argument, counted from 1.
    private var position: Int
    /// How many come before the first that is counted: the object of a method.
    private let uncounted: Int

    /// - Parameter skipping: how many to pass over, such as a method's object; errors do not count them.
    package init(_ arguments: LuaArguments, skipping: Int = 0) {
        self.arguments = arguments
        position = skipping + 1
        uncounted = skipping
    }

    /// Whether all have been read.
    public var isAtEnd: Bool { position > arguments.count }

    /// The next argument, nil where there is none, converted.
    ///
    /// - Throws: ``LuaArgumentError``.
    public mutating func next<Value: LuaConvertible>(as type: Value.Type = Value.self) throws -> Value {
        defer { position += 1 }
        do {
            return try Value.fromLua(arguments[position])
        } catch let error as LuaConversionError {
            throw LuaArgumentError(
                function: arguments.function, position: position - uncounted,
                problem: error.description(isMissing: isAtEnd))
        }
    }
}
