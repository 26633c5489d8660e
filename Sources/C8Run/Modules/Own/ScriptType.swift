public import LuaRuntime

/// What scripts may do with the instances of a Swift class or actor.
///
/// ```swift
/// module.type(Counter.self) { type in
///     type.constructor { (start: Int?) in Counter(start ?? 0) }
///     type.property("value", get: { $0.value }, set: { $0.value = $1 })
///     type.method("increment") { (counter, by: Int?) in counter.increment(by: by ?? 1) }
///     type.metamethod(.length) { (counter: Counter) in counter.value }
/// }
/// ```
public struct ScriptType<Object: LuaUserdata> {
    /// As errors and `tostring` name it.
    public let name: String
    private(set) var constructor: HostFunction?
    private var methods: [String: HostFunction] = [:]
    private var metamethods: [LuaMetamethod: HostFunction] = [:]
    private var getters: [String: @Sendable (Object) throws -> LuaValue] = [:]
    private var setters: [String: @Sendable (Object, LuaValue) throws -> Void] = [:]

    init(name: String) {
        self.name = name
    }

    // MARK: - Making one

    /// What makes an instance, under the type's name in the module: `counters.Counter(5)`.
    public mutating func constructor<each Argument: LuaParameter>(
        _ body: @escaping @Sendable (repeat each Argument) throws -> Object
    ) {
        constructor = .typed(name, body)
    }

    /// What makes an instance, asynchronously.
    public mutating func constructor<each Argument: LuaParameter>(
        _ body: @escaping @Sendable (repeat each Argument) async throws -> Object
    ) {
        constructor = .typed(name, body)
    }

    // MARK: - Methods

    /// Adds a method: `counter:increment(2)`. It runs on the script's thread and should not take long.
    @inlinable
    public mutating func method<each Argument: LuaParameter, Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (Object, repeat each Argument) throws -> Result
    ) {
        add(name, method: .method(name, body))
    }

    /// Adds an asynchronous method.
    public mutating func method<each Argument: LuaParameter, Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (Object, repeat each Argument) async throws -> Result
    ) {
        add(name, method: .method(name, body))
    }

    /// Adds a method with any number of results: a tuple, or none.
    public mutating func method<each Argument: LuaParameter, each Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (Object, repeat each Argument) throws -> (repeat each Result)
    ) {
        add(name, method: .method(name, body))
    }

    /// Adds an asynchronous method with any number of results.
    public mutating func method<each Argument: LuaParameter, each Result: LuaResult>(
        _ name: String, _ body: @escaping @Sendable (Object, repeat each Argument) async throws -> (repeat each Result)
    ) {
        add(name, method: .method(name, body))
    }

    /// Says what an operator, `tostring` or the end of a `<close>` variable does. Of two operands the object may be either.
    public mutating func metamethod<each Argument: LuaParameter, Result: LuaResult>(
        _ event: LuaMetamethod, _ body: @escaping @Sendable (repeat each Argument) throws -> Result
    ) {
        metamethods[event] = .typed(event.rawValue, body)
    }

    /// Says what an operator or a call does, asynchronously.
    public mutating func metamethod<each Argument: LuaParameter, Result: LuaResult>(
        _ event: LuaMetamethod, _ body: @escaping @Sendable (repeat each Argument) async throws -> Result
    ) {
        metamethods[event] = .typed(event.rawValue, body)
    }

    /// Says what a call or the end of a `<close>` variable does, with any number of results.
    public mutating func metamethod<each Argument: LuaParameter, each Result: LuaResult>(
        _ event: LuaMetamethod, _ body: @escaping @Sendable (repeat each Argument) throws -> (repeat each Result)
    ) {
        metamethods[event] = .typed(event.rawValue, body)
    }

    /// Says what a call or the end of a `<close>` variable does, asynchronously.
    public mutating func metamethod<each Argument: LuaParameter, each Result: LuaResult>(
        _ event: LuaMetamethod, _ body: @escaping @Sendable (repeat each Argument) async throws -> (repeat each Result)
    ) {
        metamethods[event] = .typed(event.rawValue, body)
    }

    // MARK: - Properties

    /// Adds a property that scripts read: `counter.value`.
    public mutating func property<Value: LuaConvertible>(
        _ name: String, get: @escaping @Sendable (Object) throws -> Value
    ) {
        getters[name] = { object in try get(object).luaValue() }
    }

    /// Adds a property that scripts read and set.
    public mutating func property<Value: LuaConvertible>(
        _ name: String, get: @escaping @Sendable (Object) throws -> Value,
        set: @escaping @Sendable (Object, Value) throws -> Void
    ) {
        property(name, get: get)
        setters[name] = { object, value in try set(object, Value.fromLua(value)) }
    }

    // MARK: - Within

    @usableFromInline
    mutating func add(_ name: String, method: HostFunction) {
        methods[name] = method
    }

    var definition: ScriptTypeDefinition {
        let access = ScriptTypeAccess(
            name: name, getters: getters, setters: setters, methods: Set(methods.keys))
        return ScriptTypeDefinition(
            type: Object.self, name: name,
            functions: Array(methods.values) + Array(metamethods.values) + [access.index, access.newIndex])
    }
}
