import LuaRuntime
import LuaSyntax

/// Lua itself, as the judge of texts.
final class RealLua {
    private let state: LuaState

    init() throws {
        state = try LuaState(limits: LuaLimits(memory: 256 << 20))
    }

    /// What Lua says of a text: nil where it accepts it, else `line: message`.
    func refusal(of source: [UInt8]) -> String? {
        do {
            _ = try state.load(source, chunkName: "=t")
            return nil
        } catch {
            let text = error.message
            return text.hasPrefix("t:") ? String(text.dropFirst(2)) : text
        }
    }

    /// Where Lua and this room differ over a text; nil where they agree, down to the words of the refusal.
    func difference(over source: [UInt8]) -> String? {
        // What begins so is not taken for text at all.
        if source.first == 0x1B { return nil }
        let theirs = refusal(of: source)
        let ours = LuaChunk.parse(source, isFile: false).errors.first
        let words = ours.map { $0.message == "C stack overflow" ? $0.message : $0.description }
        if theirs == words { return nil }
        // Registers are the compiler's affair, not the language's.
        if let theirs, theirs.contains("too many registers") || theirs.contains("control structure too long") {
            return nil
        }
        // The host's own bound on what Lua accepts.
        if let theirs, theirs.contains("too many times in a row") { return nil }
        return "Lua: \(theirs ?? "accepted"), here: \(words ?? "accepted")"
    }
}
