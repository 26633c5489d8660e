import C8Platform
import LuaRuntime

/// A name under `c8` that is no operation, no section and no module.
struct UnknownOperation: LuaErrorConvertible {
    let id: String

    var luaMessage: String {
        let nearest = Catalogue.standard.nearest(to: id).map(\.rawValue).joined(separator: ", ")
        return "unknown operation \(id)"
            + (nearest.isEmpty ? "; c8run api list shows them all" : "; did you mean \(nearest)?")
    }

    var luaFields: [(String, LuaValue)] {
        [("kind", .string("invalid")), ("operation", .string(id)), ("outcome", .string("not_sent"))]
    }
}
