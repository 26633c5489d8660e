/// A parameter of a function.
struct TypeParameter: Sendable {
    let name: String
    /// The text of its type, `any` where it is not said.
    let type: String
    let isOptional: Bool
}
