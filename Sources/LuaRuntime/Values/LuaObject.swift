/// A Swift object on its way to or from Lua, where it is a full userdata of a registered type.
public struct LuaObject: Sendable {
    /// The object itself.
    public let object: any AnyObject & Sendable
    package let type: LuaObjectType

    package init(_ object: any AnyObject & Sendable, type: LuaObjectType) {
        self.object = object
        self.type = type
    }
}

extension LuaObject {
    /// An object whose type a module of the script describes: see ``LuaUserdata``.
    public init(_ object: some LuaUserdata) {
        self.init(object, type: .none)
    }
}

/// A registered userdata type of one state. See `LuaState.defineType`.
package struct LuaObjectType: Sendable, Hashable {
    let number: UInt32

    /// None in particular: the state finds the one that was defined for the object's Swift type.
    package static let none = LuaObjectType(number: 0)
}
