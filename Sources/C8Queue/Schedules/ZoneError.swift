/// A time zone's data make no sense.
package struct ZoneError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    package let description: String

    package init(description: String) { self.description = description }
}
