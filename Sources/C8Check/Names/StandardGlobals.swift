/// The globals that every script finds: Lua 5.4 as this host offers it. A test holds the list against a running script.
package enum StandardGlobals {
    /// Functions and values that are no tables.
    package static let plain: Set<String> = [
        "_G", "_VERSION", "arg", "assert", "collectgarbage", "error", "getmetatable", "ipairs", "load", "next", "pairs",
        "pcall", "print", "rawequal", "rawget", "rawlen", "rawset", "require", "select", "setmetatable", "tonumber",
        "tostring", "type", "warn", "xpcall", "c8",
    ]

    /// The libraries, and what is in them.
    package static let libraries: [String: Set<String>] = [
        "coroutine": ["close", "create", "isyieldable", "resume", "running", "status", "wrap", "yield"],
        "debug": ["traceback"],
        "io": ["lines", "read", "stderr", "stdin", "stdout", "type", "write"],
        "math": [
            "abs", "acos", "asin", "atan", "ceil", "cos", "deg", "exp", "floor", "fmod", "huge", "log", "max",
            "maxinteger", "min", "mininteger", "modf", "pi", "rad", "random", "randomseed", "sin", "sqrt", "tan",
            "tointeger", "type", "ult",
            // Of older versions; Debian's Lua still has them.
            "atan2", "cosh", "frexp", "ldexp", "log10", "pow", "sinh", "tanh",
        ],
        "os": ["clock", "date", "difftime", "exit", "getenv", "setlocale", "time"],
        "package": ["loaded", "preload"],
        "string": [
            "byte", "char", "find", "format", "gmatch", "gsub", "len", "lower", "match", "pack", "packsize", "rep",
            "reverse", "sub", "unpack", "upper",
        ],
        "table": ["concat", "insert", "move", "pack", "remove", "sort", "unpack"],
        "utf8": ["char", "charpattern", "codepoint", "codes", "len", "offset"],
    ]

    /// What Lua has and scripts do not, and what to use in its place.
    package static let unavailable: [String: String] = [
        "dofile": "require, for a file below the script's folder",
        "loadfile": "require, for a file below the script's folder",
        "io.open": "c8.fs.read, c8.fs.lines, c8.fs.write or c8.fs.append",
        "io.popen": "nothing: scripts start no processes",
        "io.tmpfile": "c8.fs.write",
        "io.input": "io.read, which reads standard input, or c8.fs.lines",
        "io.output": "io.write, which writes standard output, or c8.fs.write",
        "io.close": "the file's own end: c8.fs closes by itself",
        "os.execute": "nothing: scripts start no processes",
        "os.remove": "c8.fs.remove",
        "os.rename": "c8.fs.rename",
        "os.tmpname": "a path of the script's own, with c8.fs.write",
        "string.dump": "nothing: only text is loaded here",
        "package.path": "nothing: require looks below the script's folder",
        "package.cpath": "nothing: require looks below the script's folder",
        "package.config": "nothing: require looks below the script's folder",
        "package.loadlib": "nothing: require looks below the script's folder",
        "package.searchers": "package.preload",
        "package.searchpath": "c8.fs.exists",
        "debug.debug": "c8run repl", "debug.gethook": "nothing: the host's own is there",
        "debug.sethook": "c8run --timeout or --max-instructions", "debug.getinfo": "debug.traceback",
        "debug.getlocal": "debug.traceback", "debug.getmetatable": "getmetatable",
        "debug.getregistry": "nothing: the registry is the host's", "debug.getupvalue": "a table with the values",
        "debug.getuservalue": "a table with the values", "debug.setlocal": "an assignment",
        "debug.setmetatable": "setmetatable", "debug.setupvalue": "a table with the values",
        "debug.setuservalue": "a table with the values", "debug.upvalueid": "a table with the values",
        "debug.upvaluejoin": "a table with the values", "debug.setcstacklimit": "nothing: the limit is the host's",
        "bit32": "the operators & | ~ << >>", "unpack": "table.unpack", "loadstring": "load",
        "setfenv": "load with an environment", "getfenv": "load with an environment",
        "module": "a table that is returned",
        "table.getn": "the operator #", "table.maxn": "the operator #", "string.gfind": "string.gmatch",
    ]
}
