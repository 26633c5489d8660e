/// A piece of a source, in bytes from its beginning; half-open.
package struct LuaRange: Sendable, Hashable {
    /// The first byte.
    package var start: Int
    /// Behind the last byte.
    package var end: Int

    /// A range of given bytes.
    package init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = max(start, end)
    }

    /// From the beginning of this range to the end of another.
    package func through(_ other: LuaRange) -> LuaRange { LuaRange(start, max(end, other.end)) }

    /// Whether another range lies within this one.
    package func holds(_ other: LuaRange) -> Bool { start <= other.start && other.end <= end }
}
