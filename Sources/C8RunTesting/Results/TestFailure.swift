/// What went wrong with a test.
public struct TestFailure: Error, Sendable, Hashable {
    /// What happened; the lines of a difference follow the first.
    public var message: String
    /// Where, as `orders_test.lua:12`: the line of the test's own file where there is one.
    public var place: String?
    /// The line that stands there.
    public var sourceLine: String?
    /// The script's lines on the way, from the innermost out.
    public var traceback: [String] = []
    /// The error's kind, such as `expectation`, `timeout` or `api`.
    public var kind: String?
    /// Named facts of an error of the platform: operation, trace id, outcome.
    public var facts: [Fact] = []

    /// One fact.
    public struct Fact: Sendable, Hashable {
        /// As people read it: `trace id`.
        public let name: String
        /// Its text.
        public let value: String
    }

    init(_ message: String, kind: String? = nil, place: String? = nil, traceback: [String] = []) {
        self.message = message
        self.kind = kind
        self.place = place
        self.traceback = traceback
    }

    /// Finds the line of the test's own file: what raised the error may be further in.
    ///
    /// - Parameter line: the test's, for failures of no line.
    func located(in file: TestFile, or line: Int? = nil) -> TestFailure {
        var located = self
        let candidates = [place].compactMap(\.self) + traceback
        if let line = candidates.lazy.compactMap({ file.line(of: $0) }).first {
            located.place = "\(file.path):\(line)"
            located.sourceLine = file.line(line)
        } else if place == nil, let first = traceback.first {
            let parts = first.split(separator: ":", maxSplits: 2)
            if parts.count > 1, Int(parts[1]) != nil { located.place = parts[..<2].joined(separator: ":") }
        } else if place == nil, let line {
            located.place = "\(file.path):\(line)"
            located.sourceLine = file.line(line)
        }
        return located
    }
}
