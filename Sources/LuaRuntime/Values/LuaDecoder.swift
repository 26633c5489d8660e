import CLuaBoundary

/// Reads gathered values: a flat preorder array in which a table's contents follow its header. C bounds the depth.
struct LuaDecoder {
    private let values: UnsafeMutableBufferPointer<clb_value>
    private let owner: LuaReferenceQueue
    private var position = 0

    init(values: UnsafeMutablePointer<clb_value>?, count: UInt32, owner: LuaReferenceQueue) {
        self.values = UnsafeMutableBufferPointer(start: values, count: values == nil ? 0 : Int(count))
        self.owner = owner
    }

    mutating func decode(topLevel count: UInt32) -> [LuaValue] {
        var result: [LuaValue] = []
        result.reserveCapacity(Int(count))
        for _ in 0..<count { result.append(next()) }
        return result
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
            values[index].is_taken = true
            return .function(LuaFunction(reference: LuaReference(id: value.reference, owner: owner)))
        case CLB_OPAQUE:
            values[index].is_taken = true
            return .opaque(LuaReference(id: value.reference, owner: owner))
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
