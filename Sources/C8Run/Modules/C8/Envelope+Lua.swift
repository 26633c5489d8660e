import C8Platform
import LuaRuntime

extension Envelope {
    /// `data` and the envelope around it. The data's text is decoded straight into Lua values.
    var luaValues: [LuaValue] {
        [data.map { .json($0.bytes) } ?? .nil, .table(luaTable)]
    }

    /// The fields under the platform's own names, `data` left out: the Lua side puts the decoded value there.
    private var luaTable: LuaTable {
        var fields: [(String, LuaValue)] = [("code", .integer(code)), ("message", .string(message))]
        if let timestamp { fields.append(("timestamp", .integer(timestamp))) }
        if let traceID {
            fields.append(("traceId", .string(traceID)))
            fields.append(("trace_id", .string(traceID)))
        }
        for (name, value) in [("exception", exception), ("meta", meta), ("ext", ext)] where !value.isNull {
            if let text = try? JSONSerializer.serialize(value) { fields.append((name, .json(text))) }
        }
        return LuaTable(fields: fields)
    }
}
