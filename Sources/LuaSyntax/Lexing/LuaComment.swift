/// A comment of a source.
package struct LuaComment: Sendable {
    /// With its `--` and brackets.
    package let range: LuaRange
    /// What stands between: without `--`, and without the brackets of a long one.
    package let content: LuaRange
    /// Whether nothing but blanks stands before it on its line.
    package let isAlone: Bool
    /// The lines of its beginning and end, from 1.
    package let firstLine: Int
    package let lastLine: Int
}
