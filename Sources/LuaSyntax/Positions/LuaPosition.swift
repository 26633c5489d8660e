/// A place in a source as people count: lines and bytes of the line, both from 1.
package struct LuaPosition: Sendable, Hashable {
    package let line: Int
    /// In bytes of UTF-8.
    package let column: Int

    /// A place of given numbers.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}
