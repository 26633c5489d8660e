import LuaRuntime

extension Script {
    /// What Lua's compiler says against the text, as `name:12: …` where it names a line; nil where it takes it. Runs nothing.
    package var refusal: String? {
        do throws(LuaError) {
            _ = try LuaState(limits: LuaLimits()).load(chunk, chunkName: ScriptEnvironment.chunkName(name))
            return nil
        } catch {
            return error.message
        }
    }
}
