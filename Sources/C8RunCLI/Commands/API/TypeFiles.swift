import C8Platform
import C8Run

/// The files of definitions for editors.
enum TypeFiles {
    struct File: Sendable {
        /// Relative to the folder of definitions.
        let path: String
        let text: String
    }

    static func all(_ bindings: BindingSet) -> [File] {
        let modules = EmbeddedLibrary.types.map { File(path: $0.path, text: String(decoding: $0.bytes, as: UTF8.self)) }
        return modules + [File(path: "c8/operations.lua", text: OperationAnnotations.text(bindings: bindings))]
    }

    /// All of them as one file. Each keeps its own locals; what makes it a module of its own is left out.
    static func joined(_ files: [File]) -> String {
        var text = "---@meta\n"
        for file in files {
            text += "\ndo -- \(file.path)\n"
            for line in file.text.split(separator: "\n", omittingEmptySubsequences: false)
            where !line.hasPrefix("---@meta") && !line.hasPrefix("return ") {
                text += line + "\n"
            }
            text += "end\n"
        }
        return text
    }
}
