/// A value on its way into a column.
enum StoredValue {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)

    static func integer(_ value: (some BinaryInteger)?) -> StoredValue { value.map { .integer(Int64($0)) } ?? .null }
    static func real(_ value: Double?) -> StoredValue { value.map { .real($0) } ?? .null }
    static func text(_ value: String?) -> StoredValue { value.map { .text($0) } ?? .null }
}
