/// What a class has under a name.
enum TypeMember: Sendable {
    /// A value, and the text of its type; without a type where it is not said.
    case field(String, isOptional: Bool)
    case function(TypeFunction)
}
