/// There is no test to run. Exit code 65.
struct NoTests: Error, Sendable, Equatable, CustomStringConvertible {
    let paths: [String]
    var filter: String?

    /// What to do about it.
    var hint: HintMessage { filter == nil ? .noTests : .noSuchTest }

    var description: String {
        let place = paths.isEmpty ? "the working directory" : paths.joined(separator: ", ")
        if let filter { return "no test in \(place) has \"\(filter)\" in its file or name" }
        return "no tests in \(place): they are in files named *_test.lua"
    }
}
