import CLuaStdlib
import LuaRuntime

/// The Lua files that are part of the binary.
package enum EmbeddedLibrary {
    /// The bytes of a file such as `c8/init.lua`; nil where there is none.
    package static func source(_ name: String) -> [UInt8]? {
        let file = name.withCString { c8_stdlib_find($0) }
        guard let bytes = file.bytes else { return nil }
        return Array(UnsafeBufferPointer(start: bytes, count: file.count))
    }

    /// The text of a module: a function that takes the globals to use, and gives the module's function. In the lines of the
    /// file itself.
    static func module(_ name: String) -> [UInt8]? {
        guard let source = source(name) else { return nil }
        return Array("local _ENV = ... return function(...) ".utf8) + source + Array("\nend".utf8)
    }

    /// Compiles a module's text when it is first used.
    static func loader(_ name: String) -> HostFunction {
        HostFunction.direct("require") { call in
            try call.append(.function(call.load(module(name) ?? [], chunkName: chunkName(name))))
        }
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
