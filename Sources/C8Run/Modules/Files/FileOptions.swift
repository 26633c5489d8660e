import LuaRuntime

/// The table of options that a file function may get last. A name that it does not know is an error: a misspelt option
/// that is passed over would be a surprise.
struct FileOptions {
    private let arguments: LuaArguments
    private let position: Int
    private let table: LuaTable?

    init(_ arguments: LuaArguments, at position: Int, named names: [String]) throws(LuaArgumentError) {
        self.arguments = arguments
        self.position = position
        table = arguments.isNone(position) ? nil : try arguments.table(position)
        guard let table else { return }
        for pair in table.pairs {
            guard case .string(let key) = pair.key, names.contains(key.description) else {
                throw arguments.error(position, "its options are: \(names.joined(separator: ", "))")
            }
        }
        if !table.array.isEmpty {
            throw arguments.error(position, "its options are: \(names.joined(separator: ", "))")
        }
    }

    /// A number of bytes.
    func count(_ name: String) throws(LuaArgumentError) -> Int? {
        switch table?[name] {
        case nil: return nil
        case .integer(let value)? where value >= 0: return Int(value)
        case .number(let value)?:
            if let count = Int(exactly: value), count >= 0 { return count }
        default: break
        }
        throw arguments.error(position, "\(name) must be a whole number of bytes")
    }

    func flag(_ name: String) throws(LuaArgumentError) -> Bool? {
        switch table?[name] {
        case nil: return nil
        case .boolean(let value)?: return value
        default: throw arguments.error(position, "\(name) must be true or false")
        }
    }
}
