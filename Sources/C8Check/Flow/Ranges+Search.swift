import LuaSyntax

extension [LuaRange] {
    /// Whether any of these ranges, which are in the order of the source, lies within another.
    func hasAny(in range: LuaRange) -> Bool {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].start < range.start { low = middle + 1 } else { high = middle }
        }
        return low < count && range.holds(self[low])
    }
}
