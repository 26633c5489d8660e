/// What a userdata of ours points at: one retain of the box stands for the userdata's hold on the object.
final class LuaObjectBox: Sendable {
    let object: any AnyObject & Sendable

    init(_ object: any AnyObject & Sendable) {
        self.object = object
    }
}
