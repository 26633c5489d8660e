/// How much of a value is shown.
package struct DisplayLimits: Sendable, Hashable {
    /// Tables within tables.
    package var depth = 5
    /// Positions of one table.
    package var items = 100
    /// Fields of one table.
    package var fields = 60
    /// Bytes of one string.
    package var bytes = 2000
    /// Values altogether.
    package var values = 2000

    package init() {}
}
