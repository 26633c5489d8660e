/// A file that is no cassette, or a damaged one.
package struct CassetteError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file's name.
    package let file: String
    /// From 1; nil where no line is to blame.
    package let line: Int?
    /// What is wrong, and where in the JSON.
    package let problem: String

    package init(file: String, line: Int?, problem: String) {
        self.file = file
        self.line = line
        self.problem = problem
    }

    package var description: String {
        "\(file)\(line.map { ":\($0)" } ?? ""): \(problem); record it again with --record, or mend it by hand"
    }
}
