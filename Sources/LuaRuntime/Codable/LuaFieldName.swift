/// A name that no type declares, such as that of a superclass's part.
struct LuaFieldName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    static let superclass = LuaFieldName(stringValue: "super")

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) { nil }
}
