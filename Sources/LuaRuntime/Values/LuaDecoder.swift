import CLuaBoundary

/// Reads gathered values: a flat preorder array in which a table's contents follow its header. C bounds the depth.
struct LuaDecoder {
    private let values: UnsafeMutableBufferPointer<clb_value>
    private let state: LuaState
    private var position = 0

    init(values: UnsafeMutablePointer<clb_value>?, count: UInt32, state: LuaState) {
        self.values = UnsafeMutableBufferPointer(start: values, count: values == nil ? 0 : Int(count))
        self.state = state
    }

    mutating func decode(topLevel count: UInt32) -> [LuaValue] {
        var result: [LuaValue] = []
        result.reserveCapacity(Int(count))
        for _ in 0..<count { result.append(next()) }
        return result
    }

    /// The value at a position among those of the top level, which counts from 1.
    mutating func decode(at place: Int) -> LuaValue {
        for _ in 1..<place { skip() }
        return next()
    }

    private mutating func skip() {
        var left = 1
        while left > 0, position < values.count {
            let value = values[position]
            if value.tag == CLB_TABLE { left += Int(value.table.array_count) + 2 * Int(value.table.pair_count) }
            position += 1
            left -= 1
        }
    }

    /// A value that stays in Lua. Who reads the same arguments twice gets two references to it.
    private func reference(_ index: Int) -> LuaReference {
        var id = values[index].reference
        if values[index].is_taken {
            id = clb_duplicate_reference(state.raw, id)
        } else {
            values[index].is_taken = true
        }
        return LuaReference(id: id, owner: state.references)
    }

    private mutating func next() -> LuaValue {
        guard position < values.count else { return .nil }
        let index = position
        position += 1
        let value = values[index]
        switch value.tag {
        case CLB_BOOLEAN: return .boolean(value.boolean)
        case CLB_INTEGER: return .integer(value.integer)
        case CLB_NUMBER: return .number(value.number)
        case CLB_STRING: return .string(LuaString(bytes: value.string.bytes, count: value.string.count))
        case CLB_NULL: return .null
        case CLB_TABLE: return .table(table(value))
        case CLB_FUNCTION:
            return .function(LuaFunction(reference: reference(index)))
        case CLB_OPAQUE:
            return .opaque(reference(index))
        case CLB_OBJECT:
            let box = Unmanaged<LuaObjectBox>.fromOpaque(value.object.pointer).takeUnretainedValue()
            return .object(LuaObject(box.object, type: LuaObjectType(number: value.object.type)))
        case CLB_CYCLE: return .cycle
        case CLB_TOO_DEEP: return .tooDeep
        default: return .nil
        }
    }

    private mutating func table(_ header: clb_value) -> LuaTable {
        var array: [LuaValue] = []
        array.reserveCapacity(Int(header.table.array_count))
        for _ in 0..<header.table.array_count { array.append(next()) }
        var pairs: [LuaTable.Pair] = []
        pairs.reserveCapacity(Int(header.table.pair_count))
        for _ in 0..<header.table.pair_count {
            let key = next()
            pairs.append(LuaTable.Pair(key: key, value: next()))
        }
        let mark: LuaTable.Mark
        switch header.table.mark {
        case CLB_MARK_ARRAY: mark = .array
        case CLB_MARK_OBJECT: mark = .object
        case CLB_MARK_ERROR: mark = .error
        default: mark = .none
        }
        return LuaTable(array: array, pairs: pairs, mark: mark)
    }
}
