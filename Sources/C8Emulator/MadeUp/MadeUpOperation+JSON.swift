import C8Platform
import OrderedCollections

extension MadeUpOperation {
    /// As a bindings file has it.
    var json: JSONValue {
        var members: OrderedDictionary<String, JSONValue> = [
            "method": .string(method), "path": .string(hasKeyInPath ? "\(path)/{\(key)}" : path),
            "effect": .string(effect.rawValue), "request": MadeUpField.json(fields),
            "response": MadeUpField.json(response), "errors": ["99000422": "参数错误"],
            "source": "c8run emulator, not the platform",
        ]
        if isPaged {
            members["paging"] = ["page": "pageNum", "size": "pageSize", "items": "records", "total": "total"]
        }
        switch shape {
        case .form: members["multipart"] = true
        case .download: members["download"] = true
        case .post, .get, .delete: break
        }
        return .object(members)
    }
}
