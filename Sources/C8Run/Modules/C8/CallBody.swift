import C8Client
import C8Platform
import C8Sandbox
import LuaRuntime

/// The body of a call as a script gives it: JSON, and files taken out of its fields.
struct CallBody {
    let json: JSONValue
    private let references: [(field: String, file: FileReference)]
    /// Whether there is no file in it.
    var isJSONAlone: Bool { references.isEmpty }

    init(_ value: LuaValue) throws {
        guard case .table(let table) = value else {
            json = try LuaJSON.value(of: value, name: "body")
            references = []
            return
        }
        var references: [(field: String, file: FileReference)] = []
        let pairs = table.pairs.filter { pair in
            guard case .string(let key) = pair.key else { return true }
            let files = Self.files(pair.value)
            for file in files { references.append((key.description, file)) }
            return files.isEmpty
        }
        // Lua's order of fields differs from run to run; a list's own order stays.
        self.references = references.sorted { $0.field < $1.field }
        let rest = references.isEmpty ? table : LuaTable(array: table.array, pairs: pairs, mark: table.mark)
        json = try LuaJSON.value(of: .table(rest), name: "body")
    }

    /// A file, or a list of nothing but files.
    private static func files(_ value: LuaValue) -> [FileReference] {
        if let file = FileReference.reference(value) { return [file] }
        guard case .table(let table) = value, table.pairs.isEmpty else { return [] }
        let files = table.array.compactMap { FileReference.reference($0) }
        return files.count == table.array.count ? files : []
    }

    /// Opens the files, each as far as it is granted.
    func open(_ door: FileDoor) throws -> [CallFile] {
        try references.map { field, reference in try reference.open(as: field, through: door) }
    }
}
