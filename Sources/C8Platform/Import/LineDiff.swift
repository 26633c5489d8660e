/// The difference of two texts, in the unified form that `diff -u` gives.
package enum LineDiff {
    /// Lines that surround a change.
    private static let context = 3
    /// Beyond this the search for common lines would take too long; all lines in between are shown as replaced.
    private static let mostCells = 25_000_000

    private enum Step {
        case same(Substring)
        case removed(Substring)
        case added(Substring)
    }

    /// Empty where the two are the same.
    package static func unified(old: String, new: String, name: String) -> String {
        if old == new { return "" }
        let steps = steps(
            old.split(separator: "\n", omittingEmptySubsequences: true),
            new.split(separator: "\n", omittingEmptySubsequences: true))
        var text = "--- \(name)\n+++ \(name)\n"
        var (oldLine, newLine) = (1, 1)
        var index = 0
        while index < steps.count {
            guard let change = steps[index...].firstIndex(where: { !isSame($0) }) else { break }
            for step in steps[index..<change] where isSame(step) {
                oldLine += 1
                newLine += 1
            }
            let start = max(index, change - context)
            var end = change
            var quiet = 0
            while end < steps.count, quiet <= context * 2 {
                quiet = isSame(steps[end]) ? quiet + 1 : 0
                end += 1
            }
            let hunk = steps[start..<max(change + 1, end - max(0, quiet - context))]
            let before = change - start
            text += header(hunk, old: oldLine - before, new: newLine - before)
            for step in hunk {
                switch step {
                case .same(let line): text += " \(line)\n"
                case .removed(let line): text += "-\(line)\n"
                case .added(let line): text += "+\(line)\n"
                }
            }
            for step in steps[change..<hunk.endIndex] {
                switch step {
                case .same: (oldLine, newLine) = (oldLine + 1, newLine + 1)
                case .removed: oldLine += 1
                case .added: newLine += 1
                }
            }
            index = hunk.endIndex
        }
        return text
    }

    private static func isSame(_ step: Step) -> Bool {
        if case .same = step { true } else { false }
    }

    private static func header(_ hunk: ArraySlice<Step>, old: Int, new: Int) -> String {
        var (oldCount, newCount) = (0, 0)
        for step in hunk {
            switch step {
            case .same: (oldCount, newCount) = (oldCount + 1, newCount + 1)
            case .removed: oldCount += 1
            case .added: newCount += 1
            }
        }
        return "@@ -\(oldCount == 0 ? old - 1 : old),\(oldCount) +\(newCount == 0 ? new - 1 : new),\(newCount) @@\n"
    }

    /// The longest common subsequence between the ends that are the same anyway.
    private static func steps(_ old: [Substring], _ new: [Substring]) -> [Step] {
        var head = 0
        while head < min(old.count, new.count), old[head] == new[head] { head += 1 }
        var tail = 0
        while tail < min(old.count, new.count) - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] {
            tail += 1
        }
        let left = Array(old[head..<(old.count - tail)])
        let right = Array(new[head..<(new.count - tail)])
        return old[..<head].map { .same($0) } + middle(left, right) + old[(old.count - tail)...].map { .same($0) }
    }

    private static func middle(_ left: [Substring], _ right: [Substring]) -> [Step] {
        guard !left.isEmpty, !right.isEmpty, left.count * right.count <= mostCells else {
            return left.map { .removed($0) } + right.map { .added($0) }
        }
        let width = right.count + 1
        var lengths = [Int32](repeating: 0, count: (left.count + 1) * width)
        for row in left.indices.reversed() {
            for column in right.indices.reversed() {
                let place = row * width + column
                lengths[place] =
                    left[row] == right[column]
                    ? lengths[place + width + 1] + 1 : max(lengths[place + width], lengths[place + 1])
            }
        }
        var steps: [Step] = []
        var (row, column) = (0, 0)
        while row < left.count, column < right.count {
            if left[row] == right[column] {
                steps.append(.same(left[row]))
                (row, column) = (row + 1, column + 1)
            } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
                steps.append(.removed(left[row]))
                row += 1
            } else {
                steps.append(.added(right[column]))
                column += 1
            }
        }
        return steps + left[row...].map { .removed($0) } + right[column...].map { .added($0) }
    }
}
