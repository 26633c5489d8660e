import CLuaBoundary

/// A Lua string: bytes, with no encoding implied (reference manual §2.1). NUL and invalid UTF-8 are kept.
public struct LuaString: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The bytes as they are.
    public let bytes: [UInt8]

    /// A string of these bytes.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A string of the text's UTF-8.
    public init(_ text: some StringProtocol) {
        self.bytes = Array(text.utf8)
    }

    /// A string of the text's UTF-8.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// The text, or nil where the bytes are not valid UTF-8.
    public var text: String? {
        String(validating: bytes, as: UTF8.self)
    }

    /// For people: invalid bytes appear as U+FFFD.
    public var description: String {
        String(decoding: bytes, as: UTF8.self)
    }
}

extension LuaString {
    /// Copies bytes that belong to Lua or to the boundary.
    init(bytes: UnsafePointer<CChar>?, count: Int) {
        self.init(bytes: Array(UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : count)))
    }
}

extension String {
    /// The text of bytes that belong to Lua; nil where they are not valid UTF-8.
    @inline(__always)
    init?(validating bytes: UnsafePointer<CChar>, count: Int) {
        if let text = SmallText.string(bytes, count) {
            self = text
            return
        }
        self.init(validatingMany: bytes, count: count)
    }

    @inline(never)
    private init?(validatingMany bytes: UnsafePointer<CChar>, count: Int) {
        // The standard library's own check goes through generics that cost more than all the rest of a call.
        guard clb_is_utf8(bytes, count) else { return nil }
        let buffer = UnsafeRawBufferPointer(start: bytes, count: count)
        self = String(decoding: buffer.bindMemory(to: UInt8.self), as: UTF8.self)
    }
}
