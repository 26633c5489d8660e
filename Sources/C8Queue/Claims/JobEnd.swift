/// How an attempt ended, as its worker saw it.
package struct JobEnd: Sendable, Equatable {
    /// As of `c8run run`.
    package var exitCode: Int32
    /// What the script returned, as JSON text; nil for nothing.
    package var result: String?
    /// Why it did not succeed, a sentence; nil with exit code 0.
    package var error: String?
    /// The end of what it printed, and of what it logged.
    package var output: String
    package var log: String
    /// Whether a write outside of a flow's steps may have taken place.
    package var hasWritten: Bool
    /// The worker was told to end before the job had: it is put back as if this attempt had not been.
    package var isDrained: Bool

    package init(
        exitCode: Int32, result: String? = nil, error: String? = nil, output: String = "", log: String = "",
        hasWritten: Bool = false, isDrained: Bool = false
    ) {
        self.exitCode = exitCode
        self.result = result
        self.error = error
        self.output = output
        self.log = log
        self.hasWritten = hasWritten
        self.isDrained = isDrained
    }
}
