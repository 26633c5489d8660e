/// Why a table cannot be read or written, where, and what to do about it.
package struct CSVError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// The text breaks the rules of quotes, or holds a NUL byte.
        case syntax
        /// A bound of the format is passed.
        case limit
        /// The bytes are not text in the encoding.
        case encoding
        /// The bytes are not whole gzip data.
        case compression
        /// A column is missing, or named twice.
        case header
        /// A row has more or fewer fields than it should.
        case shape
        /// The caller asked for something impossible.
        case usage
    }

    package let kind: Kind
    /// The name of the table, where one was given.
    package private(set) var source: String?
    /// The line where the trouble is, from 1; line ends within quotes count.
    package private(set) var line: Int?
    /// The field of the row where the trouble is, from 1.
    package let column: Int?
    /// What was found, and what was expected.
    package let problem: String
    /// What to do.
    package let advice: String

    init(_ kind: Kind, line: Int? = nil, column: Int? = nil, _ problem: String, advice: String) {
        self.kind = kind
        self.line = line
        self.column = column
        self.problem = problem
        self.advice = advice
    }

    package var description: String {
        let place = [source, line.map { "line \($0)" }, column.map { "field \($0)" }].compactMap(\.self)
        return (place.isEmpty ? "" : place.joined(separator: ", ") + ": ") + problem + "; " + advice
    }

    /// The same error, of a table that has a name.
    func named(_ name: String) -> CSVError {
        var error = self
        if source == nil, !name.isEmpty { error.source = name }
        return error
    }

    /// The same error, at a line unless it has one.
    func at(line: Int) -> CSVError {
        var error = self
        if error.line == nil { error.line = line }
        return error
    }
}
