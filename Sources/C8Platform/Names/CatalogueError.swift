/// Why a table is not a catalogue.
package struct CatalogueError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The line of the table, from 1.
    package let line: Int
    /// What was expected there.
    package let message: String

    /// The line and the message.
    package var description: String {
        "line \(line) of the catalogue: \(message)"
    }
}
