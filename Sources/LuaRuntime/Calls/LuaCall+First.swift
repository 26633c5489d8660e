import CLuaBoundary

/// The first argument, where it is of the very type: without a reader, for functions of one argument.
extension LuaCall {
    /// The first argument as C has read it; nil where there is none, or all are copied.
    @inlinable @inline(__always)
    func first(_ tag: UInt32) -> UnsafeRawPointer? {
        let value = UnsafeRawPointer(pointer) + LuaCallLayout.plain
        let isThere = pointer.load(fromByteOffset: LuaCallLayout.plainCount, as: UInt32.self) != 0
        return isThere && value.load(as: UInt32.self) == tag ? value + LuaCallLayout.payload : nil
    }

    @inlinable @inline(__always)
    func firstInteger(from least: Int64, to most: Int64) -> Int64? {
        guard let integer = first(LuaCallLayout.integer)?.load(as: Int64.self), integer >= least, integer <= most
        else { return nil }
        return integer
    }

    @inlinable @inline(__always)
    func firstNumber() -> Double? {
        if let number = first(LuaCallLayout.number) { return number.load(as: Double.self) }
        return first(LuaCallLayout.integer).map { Double($0.load(as: Int64.self)) }
    }

    @inlinable @inline(__always)
    func firstBoolean() -> Bool? {
        first(LuaCallLayout.boolean).map { $0.load(as: UInt8.self) != 0 }
    }

    /// Valid UTF-8 alone.
    @inline(__always)
    func firstText() -> String? {
        guard let value = plain(1), value.tag == CLB_STRING else { return nil }
        return String(validating: value.string.bytes, count: value.string.count)
    }
}
