/// A table as it is shown: positions 1…n, then the other fields in order.
package struct DisplayTable: Sendable, Hashable {
    /// A field that is no position.
    package struct Field: Sendable, Hashable {
        package var key: DisplayValue
        package var value: DisplayValue

        package init(key: DisplayValue, value: DisplayValue) {
            self.key = key
            self.value = value
        }
    }

    /// What stands before the brace, such as a type's name; nil for a plain table.
    package var name: String?
    package var items: [DisplayValue]
    package var fields: [Field]
    /// How many positions are not shown.
    package var omittedItems: Int
    /// How many fields are not shown.
    package var omittedFields: Int

    package init(
        name: String? = nil, items: [DisplayValue] = [], fields: [Field] = [], omittedItems: Int = 0,
        omittedFields: Int = 0
    ) {
        self.name = name
        self.items = items
        self.fields = fields
        self.omittedItems = omittedItems
        self.omittedFields = omittedFields
    }

    var isEmpty: Bool { items.isEmpty && fields.isEmpty && omittedItems == 0 && omittedFields == 0 }
}
