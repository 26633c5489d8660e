/// Times as people write them, for others than scripts.
package enum TimeText {
    /// Seconds since 1970 of an ISO 8601 date or time; in the machine's own zone where the text names none. Nil where it is no
    /// time.
    package static func seconds(_ text: String) -> Double? { try? CivilTime.parse(text, defaultZone: .local) }
}
