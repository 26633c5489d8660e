import CLuaStdlib

/// The Lua files that are part of the binary.
package enum EmbeddedLibrary {
    /// The bytes of a file such as `c8/init.lua`; nil where there is none.
    package static func source(_ name: String) -> [UInt8]? {
        let file = name.withCString { c8_stdlib_find($0) }
        guard let bytes = file.bytes else { return nil }
        return Array(UnsafeBufferPointer(start: bytes, count: file.count))
    }

    /// What editors know of the modules: relative paths such as `c8/json.lua`, and the files' bytes.
    package static var types: [(path: String, bytes: [UInt8])] {
        var types: [(path: String, bytes: [UInt8])] = []
        var index = 0
        while true {
            let file = c8_stdlib_at(index)
            guard let bytes = file.bytes, let cName = file.name else { return types }
            let name = String(cString: cName)
            if name.hasPrefix("types/") {
                types.append((String(name.dropFirst(6)), Array(UnsafeBufferPointer(start: bytes, count: file.count))))
            }
            index += 1
        }
    }

    /// The chunk name: tracebacks and error positions pass over chunks named so.
    package static func chunkName(_ name: String) -> String { "=[\(name)]" }
}
