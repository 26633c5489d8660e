import CLuaBoundary

/// An argument that could not be read: Lua has its error, or is being stopped. The script never sees this one.
struct LuaCallFailure: Error {
    /// What the host call ends with.
    let outcome: clb_outcome
}
