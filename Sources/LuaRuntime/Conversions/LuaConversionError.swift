/// A Lua value that is not what Swift wanted; knows where inside a table it was.
public struct LuaConversionError: Error, Sendable, LuaErrorConvertible, CustomStringConvertible {
    /// Where: `lines[3].quantity`, with positions counted from 1; empty for the value itself.
    public private(set) var path: String
    private let problem: Problem

    private enum Problem: Sendable {
        case type(expected: String, got: String)
        case other(String)
    }

    /// A value of another type.
    ///
    /// - Parameter expected: what was wanted, as in `number`.
    public init(expected: String, got value: LuaValue) {
        path = ""
        problem = .type(expected: expected, got: value.typeName)
    }

    /// A value of the right type that will not do.
    public init(_ problem: String) {
        path = ""
        self.problem = .other(problem)
    }

    /// The same error, in a field of a table.
    public func inside(field: String) -> LuaConversionError {
        var error = self
        error.path = path.isEmpty || path.hasPrefix("[") ? field + path : "\(field).\(path)"
        return error
    }

    /// The same error, at a position of a table, which counts from 1.
    public func inside(position: Int) -> LuaConversionError {
        var error = self
        error.path = path.isEmpty || path.hasPrefix("[") ? "[\(position)]\(path)" : "[\(position)].\(path)"
        return error
    }

    /// `lines[3].quantity: number expected, got string`.
    public var description: String { description(isMissing: false) }

    /// - Parameter isMissing: whether the value is an argument that was not given, rather than nil.
    func description(isMissing: Bool) -> String {
        let text: String
        switch problem {
        case .type(let expected, let got):
            text = "\(expected) expected, got \(isMissing && path.isEmpty ? "no value" : got)"
        case .other(let problem): text = problem
        }
        return path.isEmpty ? text : "\(path): \(text)"
    }

    /// The description.
    public var luaMessage: String { description }
    /// `kind`.
    public var luaFields: [(String, LuaValue)] { [("kind", "invalid")] }
}
