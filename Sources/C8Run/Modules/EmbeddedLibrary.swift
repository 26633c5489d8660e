import CLuaStdlib

/// The Lua files that are part of the binary.
enum EmbeddedLibrary {
    /// The bytes of a file such as `c8/init.lua`; nil where there is none.
    static func source(_ name: String) -> [UInt8]? {
        let file = name.withCString { c8_stdlib_find($0) }
        guard let bytes = file.bytes else { return nil }
        return Array(UnsafeBufferPointer(start: bytes, count: file.count))
    }

    /// The chunk name: tracebacks and error positions pass over chunks named so.
    static func chunkName(_ name: String) -> String { "=[\(name)]" }
}
