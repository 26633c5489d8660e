/// A Lua value as it is shown to a person: plain, bounded in depth and number, without anything that still lives in Lua.
package indirect enum DisplayValue: Sendable, Hashable {
    case `nil`
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    /// The first bytes of a string, and how many more there are.
    case string([UInt8], omitted: Int)
    case table(DisplayTable)
    /// What has no other form: a function, a userdata, the text of a `__tostring`.
    case named(String)
    /// A table within itself: where else it stands, as in `_.parent`.
    case cycle(String)
    /// A table that stands too deep to be shown.
    case tooDeep
}
