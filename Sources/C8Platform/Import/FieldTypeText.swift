/// What a page writes in a type's column, as the types of a bindings file.
struct FieldTypeText: Sendable, Hashable {
    var type = FieldSchema.FieldType.any
    /// What each element of an array is; nil where the page does not say.
    var items: FieldSchema.FieldType?
    /// The name of a type that the page may explain elsewhere, such as `OrderItemDTO`.
    var typeName: String?
    /// Whether the text was understood.
    var isKnown = true

    init(_ text: String) {
        self.init(text, isElement: false)
    }

    /// - Parameter isElement: what stands between the brackets of a list, where any name is a type's.
    private init(_ text: String, isElement: Bool) {
        let key = CellText.key(text)
        if key.isEmpty || ["-", "/", "any", "t"].contains(key) { return }
        // What is in brackets behind a type is its length or its format: String(32), Date(yyyy-MM-dd).
        let name = key.prefix { !"(（".contains($0) }
        if let element = Self.element(of: String(name)) {
            type = .array
            if element.isEmpty { return }
            let inner = FieldTypeText(element, isElement: true)
            items = inner.isKnown ? inner.type : .object
            if items == .any { items = nil }
            typeName = inner.typeName
            return
        }
        if let known = Self.types[String(name)] {
            type = known
        } else if name.utf8.allSatisfy({ ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == ASCII.underscore }),
            let first = name.utf8.first, ASCII.isLetter(first),
            isElement || Self.looksLikeAClass(CellText.trimmed(text))
        {
            type = .object
            typeName = String(name)
        } else if let known = Self.types.first(where: { name.hasPrefix($0.key) && $0.key.count >= 3 })?.value {
            type = known
        } else {
            isKnown = false
        }
    }

    /// What an array holds: nil where this is none, empty where the text does not say.
    private static func element(of name: String) -> String? {
        if name.hasSuffix("[]") { return String(name.dropLast(2)) }
        for container in ["list", "array", "arraylist", "set", "collection", "数组", "集合", "列表", "jsonarray", "对象数组"] {
            if name == container { return container == "对象数组" ? "object" : "" }
            guard name.hasPrefix(container) else { continue }
            let rest = name.dropFirst(container.count)
            if let first = rest.first, let last = rest.last,
                ("<" == first && ">" == last) || ("[" == first && "]" == last)
            {
                return String(rest.dropFirst().dropLast())
            }
        }
        for suffix in ["数组", "列表", "集合", "array", "list"] where name.hasSuffix(suffix) && name.count > suffix.count {
            let element = String(name.dropLast(suffix.count))
            if types[element] != nil { return element }
        }
        return nil
    }

    /// `OrderItem`, `ItemDTO`: a name with a capital that is no type of a language.
    private static func looksLikeAClass(_ text: String) -> Bool {
        text.utf8.first.map(ASCII.isUppercase) ?? false
    }

    private static let types: [String: FieldSchema.FieldType] = [
        "string": .string, "str": .string, "varchar": .string, "char": .string, "text": .string, "字符串": .string,
        "字符": .string, "文本": .string, "uuid": .string, "enum": .string, "枚举": .string, "date": .string,
        "datetime": .string, "localdate": .string, "localdatetime": .string, "time": .string, "日期": .string,
        "时间": .string, "日期时间": .string,
        "int": .integer, "integer": .integer, "long": .integer, "short": .integer, "byte": .integer, "bigint": .integer,
        "biginteger": .integer, "int32": .integer, "int64": .integer, "tinyint": .integer, "整数": .integer,
        "整型": .integer, "整形": .integer, "长整型": .integer, "长整数": .integer,
        "number": .number, "double": .number, "float": .number, "decimal": .number, "bigdecimal": .number,
        "numeric": .number, "数字": .number, "数值": .number, "小数": .number, "浮点": .number, "浮点数": .number,
        "bool": .boolean, "boolean": .boolean, "布尔": .boolean, "布尔值": .boolean, "布尔型": .boolean,
        "object": .object, "json": .object, "jsonobject": .object, "map": .object, "dict": .object, "对象": .object,
        "file": .file, "multipartfile": .file, "binary": .file, "文件": .file, "文件流": .file,
    ]
}
