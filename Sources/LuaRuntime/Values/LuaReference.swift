/// A value that stays in Lua, kept from collection by a place in the registry.
///
/// It may outlive its state, and may be released on any thread: the place is given back when the script's thread next
/// enters Lua.
public final class LuaReference: Sendable {
    let id: Int32
    let owner: LuaReferenceQueue

    init(id: Int32, owner: LuaReferenceQueue) {
        self.id = id
        self.owner = owner
    }

    deinit {
        owner.release(id)
    }
}
