import C8Platform

/// Parses text, for tests that begin with a string.
func parse(_ text: String, maximumDepth: Int = 256) throws(JSONError) -> JSONValue {
    try JSONParser.parse(Array(text.utf8), maximumDepth: maximumDepth)
}

/// Serializes to text.
func serialize(_ value: JSONValue, pretty: Bool = false, sortedKeys: Bool = false) throws(JSONError) -> String {
    String(decoding: try JSONSerializer.serialize(value, pretty: pretty, sortedKeys: sortedKeys), as: UTF8.self)
}

/// Reads a bindings file given as text.
func bindings(_ text: String) throws(BindingError) -> BindingSet {
    try BindingSet.parse(Array(text.utf8), file: "bindings.json")
}

/// Reads a bindings file with one operation, `production.orders.get`.
func binding(_ text: String) throws -> Binding? {
    try bindings("{\"version\": 1, \"operations\": {\"production.orders.get\": \(text)}}")["production.orders.get"]
}

/// Runs `body` and returns the error it throws, or nil.
func failure<Failure: Error, Result>(_ body: () throws(Failure) -> Result) -> Failure? {
    do throws(Failure) {
        _ = try body()
        return nil
    } catch {
        return error
    }
}
