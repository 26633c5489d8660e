/// Tasks by their ids, which only grow: those that began later come later. A dictionary's type would be made at run time, see
/// ``LuaTask/End``.
struct LuaTaskTable {
    private(set) var values: [LuaTask] = []

    var isEmpty: Bool { values.isEmpty }
    var count: Int { values.count }

    subscript(id: UInt64) -> LuaTask? {
        let index = position(of: id)
        return index < values.count && values[index].id == id ? values[index] : nil
    }

    /// Adds the task that began last.
    mutating func append(_ task: LuaTask) { values.append(task) }

    mutating func remove(_ task: LuaTask) {
        let index = position(of: task.id)
        if index < values.count, values[index] === task { values.remove(at: index) }
    }

    /// Of the first that is not before that id.
    private func position(of id: UInt64) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = low + (high - low) / 2
            if values[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
