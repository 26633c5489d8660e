extension LuaConversionError {
    /// What `Codable` says of a value, with the path in Lua's words.
    init(_ error: DecodingError) {
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            self.init(context.debugDescription, path: context.codingPath)
        case .keyNotFound(let key, let context):
            self.init(context.debugDescription, path: context.codingPath + [key])
        @unknown default: self.init("\(error)")
        }
    }

    init(_ error: EncodingError) {
        switch error {
        case .invalidValue(_, let context): self.init(context.debugDescription, path: context.codingPath)
        @unknown default: self.init("\(error)")
        }
    }

    private init(_ problem: String, path: [any CodingKey]) {
        self.init(problem)
        for key in path.reversed() {
            self = key is LuaPosition ? inside(position: (key.intValue ?? 0) + 1) : inside(field: key.stringValue)
        }
    }
}
