import CLuaBoundary

/// Where the fields of `clb_call` and `clb_value` lie, for code that is inlined into modules that cannot see those types.
@usableFromInline
enum LuaCallLayout {
    // Of clb_call.
    @usableFromInline static var plainCount: Int { @inlinable get { 0 } }
    @usableFromInline static var result: Int { @inlinable get { 8 } }
    @usableFromInline static var plain: Int { @inlinable get { 32 } }

    // Of clb_value.
    @usableFromInline static var stride: Int { @inlinable get { 24 } }
    @usableFromInline static var payload: Int { @inlinable get { 8 } }

    // Of clb_tag.
    @usableFromInline static var boolean: UInt32 { @inlinable get { 1 } }
    @usableFromInline static var integer: UInt32 { @inlinable get { 2 } }
    @usableFromInline static var number: UInt32 { @inlinable get { 3 } }

    /// Whether the C compiler sees it the same way.
    static var isRight: Bool {
        var value = clb_value()
        value.integer = 0x0102_0304_0506_0708
        let found = withUnsafeBytes(of: value) { $0.load(fromByteOffset: payload, as: Int64.self) }
        return found == value.integer && MemoryLayout<clb_value>.offset(of: \.tag) == 0
            && MemoryLayout<clb_value>.stride == stride
            && MemoryLayout<clb_call>.offset(of: \.plain_count) == plainCount
            && MemoryLayout<clb_call>.offset(of: \.result) == result
            && MemoryLayout<clb_call>.offset(of: \.plain) == plain
            && CLB_BOOLEAN.rawValue == boolean && CLB_INTEGER.rawValue == integer && CLB_NUMBER.rawValue == number
    }
}
