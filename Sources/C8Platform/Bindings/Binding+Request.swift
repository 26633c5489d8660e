import OrderedCollections

extension Binding {
    /// Makes the request for a call.
    ///
    /// Fields named by the path's placeholders move from the body into the path, percent-encoded. With GET and DELETE
    /// the rest goes to the query: `null` is left out, an array gives its name once for each element. With the other
    /// methods the rest is the JSON body; without any field it is `{}`, and where the path has no placeholders the body
    /// may be any JSON value.
    ///
    /// - Parameter body: an object; `null`, or an empty array (which is what an empty Lua table may become), stands for
    ///   an object without fields.
    /// - Throws: ``BindingError`` that names the operation and the field that is missing or cannot be sent.
    package func makeRequest(body: JSONValue) throws(BindingError) -> PlatformRequest {
        var fields: OrderedDictionary<String, JSONValue>
        switch body {
        case .object(let members):
            fields = members
        case .null, .array([]):
            fields = [:]
        default:
            guard method.sendsBody, path.fieldNames.isEmpty else {
                throw requestError(.root, "expected an object of fields, got \(body.typeName)")
            }
            return try PlatformRequest(method: method, path: path.text, body: body)
        }
        let resolved = try path.resolve(fields, operation: id)
        for name in path.fieldNames {
            fields.removeValue(forKey: name)
        }
        if method.sendsBody {
            return try PlatformRequest(method: method, path: resolved, body: .object(fields))
        }
        return try PlatformRequest(method: method, path: resolved, query: try query(of: fields))
    }

    private func query(
        of fields: OrderedDictionary<String, JSONValue>
    ) throws(BindingError) -> [(name: String, value: String)] {
        var query: [(name: String, value: String)] = []
        for (name, value) in fields {
            let place = JSONPath.root.key(name)
            switch value {
            case .null:
                continue
            case .array(let elements):
                for (index, element) in elements.enumerated() {
                    query.append((name, try queryText(of: element, at: place.index(index))))
                }
            default:
                query.append((name, try queryText(of: value, at: place)))
            }
        }
        return query
    }

    private func queryText(of value: JSONValue, at place: JSONPath) throws(BindingError) -> String {
        guard let text = value.scalarText else {
            throw requestError(
                place, "\(method.rawValue) sends its fields in the query, which cannot hold \(value.typeName)")
        }
        return text
    }

    private func requestError(_ place: JSONPath, _ message: String) -> BindingError {
        BindingError(kind: .invalidRequest, subject: id.rawValue, path: place.description, message: message)
    }
}

extension JSONValue {
    /// A string, boolean or finite number as it stands in a path or a query; nil for anything else.
    var scalarText: String? {
        switch self {
        case .string(let string): string
        case .integer(let integer): String(integer)
        case .number(let number): number.isFinite ? number.description : nil
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}
