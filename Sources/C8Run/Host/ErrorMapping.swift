package import C8CSV
package import C8Client
package import C8Platform
package import C8Sandbox
package import LuaRuntime

// The one place where the rooms' errors become what a script sees: a message, `kind`, and the fields of the manual.

extension ClientError: LuaErrorConvertible {
    package var luaMessage: String { message }

    package var luaFields: [(String, LuaValue)] {
        var fields: [(String, LuaValue)] = [("kind", .string(kind.rawValue))]
        if let operation { fields.append(("operation", .string(operation.rawValue))) }
        if let code { fields.append(("code", .integer(code))) }
        if let traceID { fields.append(("trace_id", .string(traceID))) }
        if let status { fields.append(("status", .integer(Int64(status)))) }
        if attempts > 0 { fields.append(("attempts", .integer(Int64(attempts)))) }
        if let outcome { fields.append(("outcome", .string(outcome.rawValue))) }
        return fields
    }
}

extension SandboxDenial: LuaErrorConvertible {
    package var luaMessage: String { description }
    package var luaFields: [(String, LuaValue)] { [("kind", .string("denied"))] }
}

extension FileError: LuaErrorConvertible {
    package var luaMessage: String { description }
    package var luaFields: [(String, LuaValue)] {
        let kind = kind == .limit ? "limit" : "invalid"
        return [("kind", .string(kind))] + (code.map { [("code", .string($0))] } ?? [])
    }
}

extension BindingError: LuaErrorConvertible {
    package var luaMessage: String { description }
    package var luaFields: [(String, LuaValue)] {
        [("kind", .string(kind == .invalidFile ? "config" : "invalid")), ("outcome", .string("not_sent"))]
    }
}

extension CSVError: LuaErrorConvertible {
    package var luaMessage: String { description }
    package var luaFields: [(String, LuaValue)] {
        var fields: [(String, LuaValue)] = [("kind", .string(kind == .limit ? "limit" : "invalid"))]
        if let line { fields.append(("line", .integer(Int64(line)))) }
        if let column { fields.append(("column", .integer(Int64(column)))) }
        return fields
    }
}
