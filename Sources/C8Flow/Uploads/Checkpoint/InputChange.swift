/// Where an input differs from the one that an earlier run of the upload read.
package struct InputChange: Sendable, Hashable {
    /// The file as the script names it.
    package let name: String
    /// The lines among which the difference is; nil when it is the file as a whole.
    package let lines: ClosedRange<Int>?
    /// In words.
    package let difference: String

    package init(name: String, lines: ClosedRange<Int>?, difference: String) {
        self.name = name
        self.lines = lines
        self.difference = difference
    }
}
