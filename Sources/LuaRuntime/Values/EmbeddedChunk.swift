import Synchronization

/// A text that is part of the program, for many states: compiled once for all but the first of them.
///
/// Nothing is checked when it is loaded; it must not come from anybody else.
package final class EmbeddedChunk: Sendable {
    private enum Form {
        case text([UInt8])
        /// Loaded once: a program that runs one script needs no more.
        case seen([UInt8])
        case compiled([UInt8])
    }

    /// As for ``LuaState/load(_:chunkName:)``.
    package let name: String
    private let form: Mutex<Form>

    package init(_ text: [UInt8], name: String) {
        self.name = name
        form = Mutex(.text(text))
    }

    /// The function in that state.
    func load(in state: LuaState) throws(LuaError) -> LuaFunction {
        let (bytes, isDue) = form.withLock { form -> ([UInt8], Bool) in
            switch form {
            case .text(let text):
                form = .seen(text)
                return (text, false)
            case .seen(let text): return (text, true)
            case .compiled(let bytes): return (bytes, false)
            }
        }
        let function = try state.loadOwn(bytes, chunkName: name)
        if isDue, let bytes = state.bytecode(of: function) { form.withLock { $0 = .compiled(bytes) } }
        return function
    }
}
