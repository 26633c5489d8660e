/// Finds the names that a person may have meant, for "did you mean" in errors.
package enum NearestNames {
    /// The names nearest to `text`, best first, at most `limit`.
    ///
    /// Near is: the same but for case and the way words are joined; a few letters changed, missing, added or swapped;
    /// or the one being the beginning, the end or a part between dots of the other. Names of equal nearness are
    /// sorted, so that messages do not change from run to run.
    package static func find(_ text: String, among names: some Sequence<String>, limit: Int) -> [String] {
        let wanted = normalized(text)
        guard !wanted.isEmpty, wanted.count <= 200, limit > 0 else { return [] }
        let tolerance = max(1, min(6, wanted.count / 3))
        var found: [(distance: Int, name: String)] = []
        for name in names where name != text {
            let candidate = normalized(name)
            if let distance = distance(wanted, candidate, tolerance: tolerance) {
                found.append((distance, name))
            }
        }
        found.sort { $0.distance != $1.distance ? $0.distance < $1.distance : $0.name < $1.name }
        // What is much further off than the best would only distract from it.
        let best = found.first?.distance ?? 0
        return found.prefix(limit).prefix { $0.distance <= best + 2 }.map(\.name)
    }

    /// A hint to end an error's sentence with: ` (did you mean a, b or c?)`, or nothing.
    package static func hint(_ text: String, among names: some Sequence<String>, limit: Int = 3) -> String {
        hint(find(text, among: names, limit: limit))
    }

    static func hint(_ names: [String]) -> String {
        guard let last = names.last else { return "" }
        let others = names.dropLast().joined(separator: ", ")
        return " (did you mean \(others.isEmpty ? last : "\(others) or \(last)")?)"
    }

    /// Lower case, with `_` before each word of camelCase: `uploadCodes` and `upload-codes` are `upload_codes`.
    private static func normalized(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if ASCII.isUppercase(byte) {
                if ASCII.isLowercase(previous) {
                    result.append(ASCII.underscore)
                }
                result.append(byte | 0x20)
            } else {
                result.append(byte == ASCII.minus ? ASCII.underscore : byte)
            }
            previous = byte
        }
        return result
    }

    private static func distance(_ wanted: [UInt8], _ candidate: [UInt8], tolerance: Int) -> Int? {
        let edits = editDistance(wanted, candidate, atMost: tolerance)
        guard wanted.count >= 3, holdsAsPart(candidate, wanted) || holdsAsPart(wanted, candidate) else { return edits }
        return min(edits ?? .max, 2)
    }

    /// Whether `part` is one or more whole words of `whole` between dots.
    private static func holdsAsPart(_ whole: [UInt8], _ part: [UInt8]) -> Bool {
        let spare = whole.count - part.count
        guard spare > 0, part.count >= 3 else { return false }
        return (0...spare).contains { start in
            let end = start + part.count
            return (start == 0 || whole[start - 1] == ASCII.dot) && (end == whole.count || whole[end] == ASCII.dot)
                && whole[start..<end].elementsEqual(part)
        }
    }

    /// The number of letters to change, remove, add or swap (optimal string alignment), or nil when it is more than
    /// `limit`.
    private static func editDistance(_ left: [UInt8], _ right: [UInt8], atMost limit: Int) -> Int? {
        guard abs(left.count - right.count) <= limit else { return nil }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            current.reserveCapacity(right.count + 1)
            for column in right.indices {
                let isSame = left[row] == right[column]
                var best = min(last[column + 1] + 1, current[column] + 1, last[column] + (isSame ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count] <= limit ? last[right.count] : nil
    }
}
