import OrderedCollections

extension Binding {
    /// What a call that is not sent is answered with: the fields of the answer as far as they are known, each with a value
    /// of its type that no platform gives, and `dry_run`, so that a script can tell.
    package var placeholder: JSONValue {
        var members: OrderedDictionary<String, JSONValue> = ["dry_run": true]
        for (name, schema) in response where name != "dry_run" { members[name] = schema.placeholder }
        return .object(members)
    }
}

extension FieldSchema {
    /// A value of the field's type that stands for one that is not known; lists are empty.
    var placeholder: JSONValue {
        switch type {
        case .string, .file: "dry-run"
        case .integer: 0
        case .number: .number(0)
        case .boolean: false
        case .array: []
        case .object: .object(fields.mapValues(\.placeholder))
        case .any: nil
        }
    }
}
