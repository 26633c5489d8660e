import LuaRuntime

/// The functions of `c8/_prompt.lua` in one state.
struct PromptLibrary: Sendable {
    let run: LuaFunction
    let names: LuaFunction
    let signature: LuaFunction
    let locals: LuaFunction

    /// Loads them. To be called before the state has run anything of the user's.
    init(in state: LuaState) throws(LuaError) {
        let file = "c8/_prompt.lua"
        let chunk = try state.load(EmbeddedLibrary.chunk(file))
        let native: [(String, LuaValue)] = [
            ("inspect", try state.inspectLibrary()), ("is_module", .hostFunction(C8Module.isModule(HostModule.all))),
            ("null", .null),
        ]
        let functions = try state.call(chunk, [.table(LuaTable(fields: native))]).compactMap { value in
            if case .function(let function) = value { function } else { nil }
        }
        guard functions.count == 4 else {
            throw LuaError.ended("the prompt could not be set up")
        }
        (run, names, signature, locals) = (functions[0], functions[1], functions[2], functions[3])
    }
}
