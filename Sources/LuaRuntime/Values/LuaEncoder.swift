import CLuaBoundary

/// Appends values to a state's outbox. Bounded in depth, so a value of any shape ends in an error, not in a crash.
struct LuaEncoder {
    let raw: OpaquePointer
    let owner: LuaReferenceQueue

    private static let maximumDepth = Int(CLB_MAXIMUM_DEPTH)

    func append(_ value: LuaValue, depth: Int = 0) throws(LuaEncodingError) {
        let fits: Bool
        switch value {
        case .nil: fits = clb_append_nil(raw)
        case .null: fits = clb_append_null(raw)
        case .boolean(let flag): fits = clb_append_boolean(raw, flag)
        case .integer(let integer): fits = clb_append_integer(raw, integer)
        case .number(let number): fits = clb_append_number(raw, number)
        case .string(let string): fits = append(bytes: string.bytes, clb_append_string)
        case .json(let text): fits = append(bytes: text, clb_append_json)
        case .table(let table):
            try append(table, depth: depth)
            return
        case .function(let function):
            fits = try append(function.reference)
        case .opaque(let reference):
            fits = try append(reference)
        case .object(let object):
            fits = try append(object)
        case .hostFunction(let function):
            fits = clb_append_host_function(
                raw, function.body.entry, function.body.isUnary, Unmanaged.passRetained(function.body).toOpaque())
        case .cycle, .tooDeep:
            throw .notRepresentable("a table that contains itself or nests too deep cannot go back to Lua")
        }
        guard fits else { throw .memory }
    }

    private func append(_ table: LuaTable, depth: Int) throws(LuaEncodingError) {
        guard depth < Self.maximumDepth else {
            throw .notRepresentable("a value nested more than \(Self.maximumDepth) levels deep cannot go to Lua")
        }
        guard let positions = UInt32(exactly: table.array.count), let pairs = UInt32(exactly: table.pairs.count) else {
            throw .memory
        }
        let mark: clb_mark
        switch table.mark {
        case .none: mark = CLB_MARK_NONE
        case .array: mark = CLB_MARK_ARRAY
        case .object: mark = CLB_MARK_OBJECT
        case .error: mark = CLB_MARK_ERROR
        }
        guard clb_append_table(raw, positions, pairs, mark) else { throw .memory }
        for value in table.array { try append(value, depth: depth + 1) }
        for pair in table.pairs {
            try append(pair.key, depth: depth + 1)
            try append(pair.value, depth: depth + 1)
        }
    }

    private func append(_ object: LuaObject) throws(LuaEncodingError) -> Bool {
        let known = LuaState.of(raw).classTypes[ObjectIdentifier(Swift.type(of: object.object))]
        guard let type = object.type == .none ? known : object.type else {
            throw .notRepresentable(
                "a \(Swift.type(of: object.object)) cannot go to Lua: no module of the script describes this type")
        }
        let box = LuaObjectBox(object.object, isOne: known == type)
        return clb_append_object(raw, Unmanaged.passRetained(box).toOpaque(), type.number)
    }

    private func append(_ reference: LuaReference) throws(LuaEncodingError) -> Bool {
        guard reference.owner === owner else {
            throw .notRepresentable("a function or coroutine of another script cannot be passed to this one")
        }
        return clb_append_reference(raw, reference.id)
    }

    private func append(
        bytes: [UInt8], _ append: (OpaquePointer, UnsafePointer<CChar>?, Int) -> Bool
    ) -> Bool {
        bytes.withUnsafeBytes { buffer in
            append(raw, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
        }
    }
}

/// Why a value could not be handed to Lua.
@usableFromInline
package enum LuaEncodingError: Error {
    /// The outbox does not fit into the script's memory limit; the script is being stopped.
    case memory
    case notRepresentable(String)
}
