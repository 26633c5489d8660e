/// A class of the annotations: what a table or an object has.
struct TypeClass: Sendable {
    let name: String
    /// Whether a table may have nothing else.
    let isExact: Bool
    let parents: [String]
    var members: [String: TypeMember] = [:]
    /// The names of its fields in the order of the source.
    var fieldNames: [String] = []
    /// Whether it has fields of any name.
    var isOpen = false
}
