import CLuaBoundary

/// Reads its arguments and appends its results in place.
final class DirectFunctionBody: HostFunctionBody, @unchecked Sendable {
    fileprivate let body: @Sendable (inout LuaCall) throws -> Void

    private let takesOne: Bool

    init(name: String, isUnary: Bool, body: @escaping @Sendable (inout LuaCall) throws -> Void) {
        self.body = body
        takesOne = isUnary
        super.init(name: name)
    }

    override var entry: clb_function { directFunctionEntry }
    override var isUnary: Bool { takesOne }
}

// What C calls. Nothing is thrown through it.
private func directFunctionEntry(
    _ context: UnsafeMutableRawPointer, _ call: UnsafeMutablePointer<clb_call>
) -> clb_outcome {
    Unmanaged<DirectFunctionBody>.fromOpaque(context)._withUnsafeGuaranteedRef { function in
        var frame = LuaCall(call)
        do {
            try function.body(&frame)
            return frame.finish()
        } catch {
            return raise(error, call)
        }
    }
}
