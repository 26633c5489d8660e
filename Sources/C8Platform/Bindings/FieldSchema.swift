package import OrderedCollections

/// What is known of one field of a request or of an answer's data.
package struct FieldSchema: Sendable, Hashable {
    /// The types a field can have.
    package enum FieldType: String, Sendable, Hashable, CaseIterable {
        case string
        case integer
        case number
        case boolean
        case object
        case array
        /// A file's content: a part of a `multipart/form-data` request.
        case file
        /// Not known, or several.
        case any
    }

    /// The type of its value.
    package let type: FieldType
    /// Whether a request without it is refused.
    package let required: Bool
    /// What it means, in the words of the source.
    package let description: String?
    /// A value it could have.
    package let example: JSONValue?
    /// The fields of an object; empty when they are not known.
    package let fields: OrderedDictionary<String, FieldSchema>
    /// An array of at most one: a value cannot hold itself, an array of itself it can.
    private let itemSchemas: [FieldSchema]

    /// What each element of an array is; nil when that is not known.
    package var items: FieldSchema? {
        itemSchemas.first
    }

    /// A schema made in code; a file is read with ``BindingSet``.
    package init(
        type: FieldType, required: Bool = false, description: String? = nil, example: JSONValue? = nil,
        fields: OrderedDictionary<String, FieldSchema> = [:], items: FieldSchema? = nil
    ) {
        self.type = type
        self.required = required
        self.description = description
        self.example = example
        self.fields = fields
        self.itemSchemas = items.map { [$0] } ?? []
    }
}
