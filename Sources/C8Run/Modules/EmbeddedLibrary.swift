import CLuaStdlib
package import LuaRuntime
import Synchronization

/// The Lua files that are part of the binary.
package enum EmbeddedLibrary {
    /// The bytes of a file such as `c8/init.lua`; nil where there is none.
    package static func source(_ name: String) -> [UInt8]? {
        let file = name.withCString { c8_stdlib_find($0) }
        guard let bytes = file.bytes else { return nil }
        return Array(UnsafeBufferPointer(start: bytes, count: file.count))
    }

    /// Those that were asked for, modules apart. Few, so that they need no dictionary.
    private static let chunks = Mutex<[EmbeddedChunk]>([])
    private static let modules = Mutex<[EmbeddedChunk]>([])

    /// A file such as `c8/_prompt.lua`, to be loaded as it is.
    package static func chunk(_ file: String) -> EmbeddedChunk {
        chunks.withLock { found(file, in: &$0) { source(file) ?? [] } }
    }

    /// A module: a function that takes the globals to use, and gives the module's function. In the lines of the file itself.
    static func module(_ file: String) -> EmbeddedChunk {
        modules.withLock {
            found(file, in: &$0) {
                Array("local _ENV = ... return function(...) ".utf8) + (source(file) ?? []) + Array("\nend".utf8)
            }
        }
    }

    private static func found(_ file: String, in chunks: inout [EmbeddedChunk], text: () -> [UInt8]) -> EmbeddedChunk {
        let name = chunkName(file)
        if let chunk = chunks.first(where: { $0.name == name }) { return chunk }
        let chunk = EmbeddedChunk(text(), name: name)
        chunks.append(chunk)
        return chunk
    }

    /// Loads a module when it is first used.
    static func loader(_ name: String) -> HostFunction {
        HostFunction.direct("require") { call in try call.append(.function(call.load(module(name)))) }
    }

    /// What editors know of the modules: relative paths such as `c8/json.lua`, and the files' bytes.
    package static var types: [(path: String, bytes: [UInt8])] { files(below: "types/") }

    /// What a new script project begins with: names such as `orders.lua`, and the files' bytes.
    package static var project: [(path: String, bytes: [UInt8])] { files(below: "project/") }

    private static func files(below folder: String) -> [(path: String, bytes: [UInt8])] {
        var files: [(path: String, bytes: [UInt8])] = []
        var index = 0
        while true {
            let file = c8_stdlib_at(index)
            guard let bytes = file.bytes, let cName = file.name else { return files }
            let name = String(cString: cName)
            if name.hasPrefix(folder) {
                let bytes = Array(UnsafeBufferPointer(start: bytes, count: file.count))
                files.append((String(name.dropFirst(folder.utf8.count)), bytes))
            }
            index += 1
        }
    }

    /// The chunk name: tracebacks and error positions pass over chunks named so.
    package static func chunkName(_ name: String) -> String { "=[\(name)]" }
}
