/// What a job runs: the script's text as it was when it was submitted, and the files of its own that it requires.
package struct JobScript: Sendable, Equatable {
    /// A file below the script's folder.
    package struct File: Sendable, Equatable {
        /// Relative to the script's folder, with `/` between its parts; none of them is `.` or `..`.
        package var path: String
        package var bytes: [UInt8]

        package init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    /// As errors and tracebacks name it.
    package var name: String
    package var source: [UInt8]
    /// In the order of their paths.
    package var files: [File]
    /// SHA-256 of all of it, in hexadecimal digits: what a worker runs is what was submitted.
    package var hash: String

    package init(name: String, source: [UInt8], files: [File] = [], hash: String) {
        self.name = name
        self.source = source
        self.files = files
        self.hash = hash
    }
}
