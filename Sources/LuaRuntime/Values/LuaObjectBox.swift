/// What a userdata of ours points at: one retain of the box stands for the userdata's hold on the object.
final class LuaObjectBox: Sendable {
    let object: any AnyObject & Sendable
    private let isOne: Bool

    /// - Parameter isOne: whether the object is one value in Lua, however often it goes there.
    init(_ object: any AnyObject & Sendable, isOne: Bool) {
        self.object = object
        self.isOne = isOne
    }

    /// What stands for the object where it is one value in Lua.
    var identity: UnsafeRawPointer? {
        isOne ? UnsafeRawPointer(Unmanaged.passUnretained(object).toOpaque()) : nil
    }
}
