/// Where the lines of a source begin. Line breaks are those of Lua: LF, CR, and either pair of the two.
package struct LuaLines: Sendable {
    private let starts: [Int]
    private let count: Int

    /// Finds the lines of a source.
    package init(_ bytes: [UInt8]) {
        var starts = [0]
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            guard LuaBytes.isLineBreak(byte) else { continue }
            if index < bytes.count, LuaBytes.isLineBreak(bytes[index]), bytes[index] != byte { index += 1 }
            starts.append(index)
        }
        self.starts = starts
        self.count = bytes.count
    }

    /// How many lines there are; a line break at the end begins another one.
    package var lineCount: Int { starts.count }

    /// The place of a byte; behind the source's end it is that end.
    package func position(of offset: Int) -> LuaPosition {
        let offset = max(0, min(offset, count))
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return LuaPosition(line: low + 1, column: offset - starts[low] + 1)
    }

    /// The bytes of a line with its line break; empty for a line that is not there.
    package func range(ofLine line: Int) -> LuaRange {
        guard line >= 1, line <= starts.count else { return LuaRange(count, count) }
        return LuaRange(starts[line - 1], line < starts.count ? starts[line] : count)
    }
}
