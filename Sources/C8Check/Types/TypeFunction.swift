/// A function that a module or an object has.
struct TypeFunction: Sendable {
    /// With the class's name, such as `c8.json.decode`.
    let name: String
    /// Without the `self` of a method.
    let parameters: [TypeParameter]
    let isVararg: Bool
    /// Whether it is called with a colon.
    let isMethod: Bool
    /// Whether it can be called in other ways, too.
    let hasOverloads: Bool
    /// The texts of its results' types.
    let results: [String]
}
