/// A Swift error as an object, so that Lua can hold it.
final class LuaErrorBox: Sendable {
    let error: any Error

    init(_ error: any Error) {
        self.error = error
    }
}
