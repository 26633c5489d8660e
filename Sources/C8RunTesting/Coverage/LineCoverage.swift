import LuaRuntime

/// How often the lines of scripts have run.
public struct LineCoverage: Sendable, Hashable {
    /// By path, then by line from 1: every line that has something to run.
    public private(set) var files: [String: [Int: Int]] = [:]

    /// Nothing has run.
    public init() {}

    /// Adds what another has counted.
    public mutating func merge(_ other: LineCoverage) {
        for (path, lines) in other.files { files[path, default: [:]].merge(lines) { $0 + $1 } }
    }

    /// Adds the counts of one script; those of files of tests are left out, since nobody tests them.
    mutating func add(_ counts: [LineCounts]) {
        for chunk in counts where !chunk.chunk.hasSuffix(TestFile.suffix) {
            files[FileText.plain(chunk.chunk), default: [:]].merge(chunk.counts) { $0 + $1 }
        }
    }

    /// One file in numbers.
    public struct Summary: Sendable, Hashable {
        /// The file's path.
        public let path: String
        /// Lines that have something to run.
        public let lines: Int
        /// Those that have run.
        public let hit: Int
        /// The others, from 1, ascending.
        public let missed: [Int]
    }

    /// All files by path.
    public var summaries: [Summary] {
        files.sorted { $0.key < $1.key }.map { path, lines in
            let missed = lines.filter { $0.value == 0 }.keys.sorted()
            return Summary(path: path, lines: lines.count, hit: lines.count - missed.count, missed: missed)
        }
    }

    /// As LCOV's tools and editors read it (geninfo(1), "FILES").
    public var lcov: String {
        var text = ""
        for (path, lines) in files.sorted(by: { $0.key < $1.key }) {
            text += "TN:\nSF:\(path)\n"
            for (line, count) in lines.sorted(by: { $0.key < $1.key }) { text += "DA:\(line),\(count)\n" }
            text += "LF:\(lines.count)\nLH:\(lines.values.count { $0 > 0 })\nend_of_record\n"
        }
        return text
    }

    /// A table for people: each file with its share, and the lines that never ran.
    public var table: String {
        let summaries = summaries
        guard !summaries.isEmpty else { return "coverage: no script ran\n" }
        let width = summaries.map(\.path.count).max() ?? 0
        func row(_ name: String, _ hit: Int, _ lines: Int, _ missed: [Int]) -> String {
            let share = lines == 0 ? 1000 : hit * 1000 / lines
            let padding = String(repeating: " ", count: max(0, width - name.count))
            let numbers = "\(share / 10).\(share % 10) %".leftPadded(8) + "\(hit)/\(lines)".leftPadded(11)
            return ("  \(name)\(padding)\(numbers)  \(Self.ranges(missed))").trimmedEnd + "\n"
        }
        var text = "coverage:\n"
        for file in summaries { text += row(file.path, file.hit, file.lines, file.missed) }
        if summaries.count > 1 {
            text += row("all", summaries.reduce(0) { $0 + $1.hit }, summaries.reduce(0) { $0 + $1.lines }, [])
        }
        return text
    }

    /// `12-14, 20`; at most eight of them.
    private static func ranges(_ lines: [Int]) -> String {
        var ranges: [ClosedRange<Int>] = []
        for line in lines {
            if let last = ranges.last, last.upperBound + 1 == line {
                ranges[ranges.count - 1] = last.lowerBound...line
            } else {
                ranges.append(line...line)
            }
        }
        let texts = ranges.prefix(8).map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        return (texts.isEmpty ? "" : "not: " + texts.joined(separator: ", ")) + (ranges.count > 8 ? ", …" : "")
    }
}

extension String {
    /// With blanks before it, up to a width.
    func leftPadded(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }

    fileprivate var trimmedEnd: String {
        var rest = self[...]
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
