/// A Lua string: bytes, with no encoding implied (reference manual §2.1). NUL and invalid UTF-8 are kept.
package struct LuaString: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(_ text: some StringProtocol) {
        self.bytes = Array(text.utf8)
    }

    package init(stringLiteral value: String) {
        self.init(value)
    }

    /// The text, or nil where the bytes are not valid UTF-8.
    package var text: String? {
        String(validating: bytes, as: UTF8.self)
    }

    /// For people: invalid bytes appear as U+FFFD.
    package var description: String {
        String(decoding: bytes, as: UTF8.self)
    }
}

extension LuaString {
    /// Copies bytes that belong to Lua or to the boundary.
    init(bytes: UnsafePointer<CChar>?, count: Int) {
        self.init(bytes: Array(UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : count)))
    }
}
