/// A text that is not Lua.
package struct LuaSyntaxError: Error, Sendable, Equatable, CustomStringConvertible {
    /// In the words of Lua itself, without the place: `'end' expected (to close 'if' at line 3) near <eof>`.
    package let message: String
    /// The line that Lua would name, from 1.
    package let line: Int
    /// The token in question.
    package let range: LuaRange
    /// Whether it is the text's end that came too early: with more text, it could be right.
    package let isAtEnd: Bool

    package var description: String { "\(line): \(message)" }
}
