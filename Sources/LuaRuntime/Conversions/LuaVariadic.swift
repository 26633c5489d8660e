/// All arguments that are left, or any number of results.
///
/// ```swift
/// module.function("sum") { (numbers: LuaVariadic<Double>) in numbers.values.reduce(0, +) }
/// ```
public struct LuaVariadic<Element: LuaConvertible>: LuaParameter, LuaResult {
    /// In the order of the call.
    public var values: [Element]

    /// Results that are given one after another.
    public init(_ values: [Element]) {
        self.values = values
    }

    /// Takes all arguments that are left.
    public static func take(from arguments: inout LuaArgumentReader) throws -> LuaVariadic {
        var values: [Element] = []
        while !arguments.isAtEnd { values.append(try arguments.next()) }
        return LuaVariadic(values)
    }

    /// Gives as many results as there are values.
    public func append(to results: inout [LuaValue]) throws {
        for value in values { results.append(try value.luaValue()) }
    }
}

extension LuaVariadic: Sendable where Element: Sendable {}

extension LuaVariadic: ExpressibleByArrayLiteral {
    /// Results that are given one after another.
    public init(arrayLiteral elements: Element...) {
        self.init(elements)
    }
}
