import LuaRuntime

/// What is to be said of the interpreter behind the host.
package enum Interpreter {
    /// One line: the release, and what the host does about its known faults.
    package static var summary: String {
        let release = LuaLibrary.release
        return LuaLibrary.concatenatesSoundly
            ? "\(release), sound"
            : "\(release), whose __concat can corrupt memory: closed off by c8run (docs/security.md)"
    }
}
