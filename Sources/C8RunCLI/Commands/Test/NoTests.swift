/// There is no test to run. Exit code 65.
struct NoTests: Error, Sendable, Equatable, CustomStringConvertible {
    let paths: [String]
    var filter: String?
    /// Whether there are files, in which nothing makes a test.
    var hasFiles = false

    /// What to do about it.
    var hint: HintMessage { filter == nil ? .noTests : .noSuchTest }

    var description: String {
        let place = paths.isEmpty ? "the working directory" : paths.joined(separator: ", ")
        if let filter { return "no test in \(place) has \"\(filter)\" in its file or name" }
        if hasFiles { return "no tests in \(place): a test is what it(name, function) of c8.test makes" }
        return "no tests in \(place): they are in files named *_test.lua"
    }
}
