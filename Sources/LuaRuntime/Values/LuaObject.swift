/// A Swift object on its way to or from Lua, where it is a full userdata of a registered type.
package struct LuaObject: Sendable {
    package let object: any AnyObject & Sendable
    package let type: LuaObjectType

    package init(_ object: any AnyObject & Sendable, type: LuaObjectType) {
        self.object = object
        self.type = type
    }
}

/// A registered userdata type of one state. See `LuaState.defineType`.
package struct LuaObjectType: Sendable, Hashable {
    let number: UInt32

    /// A type that was not defined: no userdata can be made of it.
    package static let none = LuaObjectType(number: 0)
}
