import OrderedCollections

/// Bindings in the form that a bindings file has them in.
package enum BindingFile {
    /// One operation, as it stands under its id. What has its standard value is left out.
    package static func json(_ binding: Binding) -> JSONValue {
        var members: OrderedDictionary<String, JSONValue> = [
            "method": .string(binding.method.rawValue), "path": .string(binding.path.text),
            "effect": .string(binding.effect.rawValue), "request": fields(binding.request),
            "response": fields(binding.response),
        ]
        var errors: OrderedDictionary<String, JSONValue> = [:]
        for (code, meaning) in binding.errors.sorted(by: { $0.key < $1.key }) {
            errors[String(code)] = .string(meaning)
        }
        members["errors"] = .object(errors)
        if let source = binding.source { members["source"] = .string(source) }
        if let paging = binding.paging {
            members["paging"] = [
                "page": .string(paging.page), "size": .string(paging.size), "items": .string(paging.items),
                "total": .string(paging.total),
            ]
        }
        if let seconds = binding.timeoutSeconds { members["timeout"] = .number(seconds) }
        if binding.multipart { members["multipart"] = true }
        if binding.download { members["download"] = true }
        return .object(members)
    }

    private static func fields(_ fields: OrderedDictionary<String, FieldSchema>) -> JSONValue {
        .object(fields.mapValues { field($0) })
    }

    private static func field(_ schema: FieldSchema) -> JSONValue {
        var members: OrderedDictionary<String, JSONValue> = ["type": .string(schema.type.rawValue)]
        if schema.required { members["required"] = true }
        if let description = schema.description { members["description"] = .string(description) }
        if let example = schema.example { members["example"] = example }
        if !schema.fields.isEmpty { members["fields"] = fields(schema.fields) }
        if let items = schema.items { members["items"] = field(items) }
        return .object(members)
    }
}
