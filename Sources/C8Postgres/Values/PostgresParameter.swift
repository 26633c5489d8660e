/// A value that a statement is given, as PostgreSQL writes it.
package protocol PostgresParameter: Sendable {
    var postgresText: String { get }
}

extension String: PostgresParameter {
    /// Text of PostgreSQL holds no zero.
    package var postgresText: String {
        utf8.contains(0) ? String(map { $0 == "\0" ? "\u{FFFD}" : $0 }) : self
    }
}

extension Int: PostgresParameter {
    package var postgresText: String { String(self) }
}

extension Int32: PostgresParameter {
    package var postgresText: String { String(self) }
}

extension Int64: PostgresParameter {
    package var postgresText: String { String(self) }
}

extension Double: PostgresParameter {
    /// The shortest digits that are read as the same number.
    package var postgresText: String {
        isInfinite ? (self < 0 ? "-Infinity" : "Infinity") : isNaN ? "NaN" : description
    }
}

extension Bool: PostgresParameter {
    package var postgresText: String { self ? "t" : "f" }
}

extension [Int64]: PostgresParameter {
    package var postgresText: String { "{" + map(String.init).joined(separator: ",") + "}" }
}
