import CLuaBoundary

/// Reads the arguments of a call one after another, as the parameters of a Swift function ask for them.
///
/// Those of a synchronous function are read in place, so a reader lives no longer than the call: it cannot be copied.
public struct LuaArgumentReader: ~Copyable {
    /// The `clb_call` that lasts; nil where its arguments were copied.
    @usableFromInline let pointer: UnsafeMutableRawPointer?
    @usableFromInline let copies: LuaArguments?
    /// Of the next argument, counted from 1.
    @usableFromInline var position: Int
    /// How many come before the first that is counted: the object of a method.
    @usableFromInline let uncounted: Int

    /// - Parameter skipping: how many to pass over, such as a method's object; errors do not count them.
    package init(_ arguments: LuaArguments, skipping: Int = 0) {
        pointer = nil
        copies = arguments
        position = skipping + 1
        uncounted = skipping
    }

    /// - Parameter skipping: how many to pass over, such as a method's object; errors do not count them.
    @inlinable @inline(__always)
    package init(_ call: borrowing LuaCall, skipping: Int = 0) {
        pointer = call.pointer
        copies = nil
        position = skipping + 1
        uncounted = skipping
    }

    private var call: UnsafeMutablePointer<clb_call>? { pointer?.assumingMemoryBound(to: clb_call.self) }

    /// Whether all have been read.
    public var isAtEnd: Bool { position > count }

    private var count: Int { call.map { Int(clb_count_arguments($0)) } ?? copies?.count ?? 0 }

    private var function: String { call.map { LuaCall($0).name } ?? copies?.function ?? "?" }

    private func value(_ position: Int) throws -> LuaValue {
        if let call { return try LuaCall(call).argument(position) }
        return copies?[position] ?? .nil
    }

    /// The next argument, nil where there is none, converted.
    ///
    /// - Throws: ``LuaArgumentError``.
    public mutating func next<Value: LuaConvertible>(as type: Value.Type = Value.self) throws -> Value {
        let argument = try value(position)
        return try reading { try Value.fromLua(argument) }
    }

    /// The next argument, where it is a table that was not copied: its fields can be read in place. It is not passed over.
    var nextTable: LuaLiveTable? {
        guard let call, !call.pointee.is_gathered, let plain, plain.load(as: clb_tag.self) == CLB_LIVE_TABLE else {
            return nil
        }
        return LuaLiveTable(call, position: position)
    }

    /// Passes over the next argument, which `body` makes something of.
    ///
    /// - Throws: ``LuaArgumentError`` for a conversion's error.
    mutating func reading<Value>(_ body: () throws -> Value) throws -> Value {
        defer { position += 1 }
        do {
            return try body()
        } catch let error as LuaConversionError {
            throw problem(error, of: Value.self)
        }
    }

    private func problem(_ error: LuaConversionError, of type: Any.Type) -> LuaArgumentError {
        LuaArgumentError(
            function: function, position: position - uncounted,
            problem: error.rooted(at: type).description(isMissing: isAtEnd))
    }

    /// The object that a method is called on, which was passed over.
    @usableFromInline
    package func object<Object: LuaConvertible>(as type: Object.Type) throws -> Object {
        do {
            return try Object.fromLua(try value(1))
        } catch let error as LuaConversionError {
            throw LuaArgumentError(
                function: function, position: 0, problem: error.description(isMissing: count == 0))
        }
    }
}

/// Without a copy or a box: each gives the next argument and passes it over where it is of the type, nil otherwise.
extension LuaArgumentReader {
    /// The next argument as C has read it; nil where all are copied.
    @inlinable @inline(__always)
    var plain: UnsafeRawPointer? {
        guard let pointer, position <= Int(pointer.load(fromByteOffset: LuaCallLayout.plainCount, as: UInt32.self))
        else {
            return nil
        }
        return UnsafeRawPointer(pointer) + LuaCallLayout.plain + (position &- 1) &* LuaCallLayout.stride
    }

    @inlinable @inline(__always)
    mutating func nextInteger(from least: Int64, to most: Int64) -> Int64? {
        guard let plain, plain.load(as: UInt32.self) == LuaCallLayout.integer else { return nil }
        let integer = plain.load(fromByteOffset: LuaCallLayout.payload, as: Int64.self)
        guard integer >= least, integer <= most else { return nil }
        position &+= 1
        return integer
    }

    @inlinable @inline(__always)
    mutating func nextNumber() -> Double? {
        guard let plain else { return nil }
        let tag = plain.load(as: UInt32.self)
        guard tag == LuaCallLayout.number || tag == LuaCallLayout.integer else { return nil }
        position &+= 1
        return tag == LuaCallLayout.number
            ? plain.load(fromByteOffset: LuaCallLayout.payload, as: Double.self)
            : Double(plain.load(fromByteOffset: LuaCallLayout.payload, as: Int64.self))
    }

    @inlinable @inline(__always)
    mutating func nextBoolean() -> Bool? {
        guard let plain, plain.load(as: UInt32.self) == LuaCallLayout.boolean else { return nil }
        position &+= 1
        return plain.load(fromByteOffset: LuaCallLayout.payload, as: UInt8.self) != 0
    }

    private var value: clb_value? { plain?.load(as: clb_value.self) }

    /// Valid UTF-8 alone.
    mutating func nextText() -> String? {
        guard let value, value.tag == CLB_STRING,
            let text = String(validating: value.string.bytes, count: value.string.count)
        else { return nil }
        position &+= 1
        return text
    }

    /// Whether it is nil, not there, or the null of `c8.json`; it is passed over then.
    @usableFromInline
    mutating func nextIsNil() -> Bool {
        let isNil =
            if let value { value.tag == CLB_NIL || value.tag == CLB_NULL } else if isAtEnd { true } else {
                (try? value(position))?.isNil == true
            }
        if isNil { position &+= 1 }
        return isNil
    }
}
