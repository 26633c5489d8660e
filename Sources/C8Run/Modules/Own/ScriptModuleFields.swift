public import LuaRuntime

/// What is in a module, or in a table of one.
///
/// Functions take and return Swift types: see `LuaConvertible`. What they throw reaches the script as an error, with the
/// fields that `LuaErrorConvertible` gives it. Asynchronous ones suspend the script's task, wherever it calls them from, and
/// are cancelled when the script ends.
public struct ScriptModuleFields: Sendable {
    enum Field: Sendable {
        case value(LuaValue)
        case table(ScriptModuleFields)
    }

    /// For errors: `greet`, `greet.words`.
    let path: String
    private(set) var fields: [(name: String, field: Field)] = []
    private(set) var types: [ScriptTypeDefinition] = []

    init(path: String) {
        self.path = path
    }

    // MARK: - Functions

    /// Adds a function. It runs on the script's thread and should not take long.
    @inlinable
    public mutating func function<each Argument: LuaParameter, Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (repeat each Argument) throws -> Result
    ) {
        add(name, function: .typed(name, body))
    }

    /// Adds a function of one argument: the same, with the least work for a call.
    @inlinable
    public mutating func function<Argument: LuaParameter, Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (Argument) throws -> Result
    ) {
        add(name, function: .typed(name, body))
    }

    /// Adds a function of two arguments.
    @inlinable
    public mutating func function<First: LuaParameter, Second: LuaParameter, Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (First, Second) throws -> Result
    ) {
        add(name, function: .typed(name, body))
    }

    /// Adds an asynchronous function.
    public mutating func function<each Argument: LuaParameter, Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (repeat each Argument) async throws -> Result
    ) {
        add(name, function: .typed(name, body))
    }

    /// Adds a function with any number of results: a tuple, or none.
    @inlinable
    public mutating func function<each Argument: LuaParameter, each Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (repeat each Argument) throws -> (repeat each Result)
    ) {
        add(name, function: .typed(name, body))
    }

    /// Adds an asynchronous function with any number of results.
    public mutating func function<each Argument: LuaParameter, each Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (repeat each Argument) async throws -> (repeat each Result)
    ) {
        add(name, function: .typed(name, body))
    }

    /// Adds a function that looks at its arguments itself.
    public mutating func rawFunction(
        _ name: String, _ body: @escaping @Sendable (LuaArguments) throws -> [LuaValue]
    ) {
        add(name, .value(.hostFunction(.function(name, body))))
    }

    /// Adds an asynchronous function that looks at its arguments itself.
    public mutating func rawFunction(
        _ name: String, _ body: @escaping @Sendable (LuaArguments) async throws -> [LuaValue]
    ) {
        add(name, .value(.hostFunction(.async(name, body))))
    }

    // MARK: - Values

    /// Adds a value. Tables are copied for each script.
    public mutating func constant(_ name: String, _ value: LuaValue) {
        add(name, .value(value))
    }

    /// Adds a value that is converted once.
    ///
    /// - Throws: `LuaConversionError` where it has no form in Lua.
    public mutating func constant(_ name: String, converting value: some LuaConvertible) throws {
        add(name, .value(try value.luaValue()))
    }

    /// Adds a table with functions and values of its own.
    public mutating func table(_ name: String, _ describe: (inout ScriptModuleFields) throws -> Void) rethrows {
        var nested = ScriptModuleFields(path: "\(path).\(name)")
        try describe(&nested)
        types += nested.types
        add(name, .table(nested))
    }

    // MARK: - Types

    /// Describes what scripts may do with the instances of a final class or an actor.
    ///
    /// - Parameter name: as errors and `tostring` name it. A constructor is found under this name in the module.
    public mutating func type<Object: LuaUserdata>(
        _ type: Object.Type, name: String? = nil, _ describe: (inout ScriptType<Object>) throws -> Void
    ) rethrows {
        var description = ScriptType<Object>(name: name ?? Object.luaTypeName)
        try describe(&description)
        if let constructor = description.constructor {
            add(description.name, .value(.hostFunction(constructor)))
        }
        types.append(description.definition)
    }

    // MARK: - Within

    @usableFromInline
    mutating func add(_ name: String, function: HostFunction) {
        add(name, .value(.hostFunction(function)))
    }

    private mutating func add(_ name: String, _ field: Field) {
        fields.removeAll { $0.name == name }
        fields.append((name, field))
    }

    /// The table that scripts see.
    var value: LuaValue {
        .table(
            LuaTable(
                fields: fields.map { name, field in
                    switch field {
                    case .value(let value): (name, value)
                    case .table(let table): (name, table.value)
                    }
                }))
    }
}
