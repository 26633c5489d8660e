package import OrderedCollections

/// A JSON text as a value.
///
/// Integers and other numbers are kept apart: the platform's ids have 19 digits, more than a `Double` holds, so every
/// integer that fits `Int64` stays exact, and `1.0` or `1e3` stay numbers. Objects keep the order of their keys.
///
/// Two things follow from Swift's own types and are meant to be known: objects are equal only when their keys come in
/// the same order, and strings (keys too) that are canonically equivalent in Unicode are equal.
package enum JSONValue: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number written without fraction and exponent that fits 64 bits.
    case integer(Int64)
    /// Any other number. NaN and infinities can be held, but not serialized.
    case number(Double)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object, in the order of its keys.
    case object(OrderedDictionary<String, JSONValue>)
}
