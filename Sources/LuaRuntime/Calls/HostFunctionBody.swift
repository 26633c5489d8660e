import CLuaBoundary

/// What a Lua closure of ours points at: a function of some kind, which the subclasses are.
class HostFunctionBody: @unchecked Sendable {
    // Sendable: no class of it has anything but constants, all of them Sendable.

    /// For errors.
    final let name: String

    init(name: String) {
        self.name = name
    }

    /// What C calls, with the body as its context.
    var entry: clb_function { hostFunctionEntry }

    /// Whether C should read no argument but the first before it is asked for others.
    var isUnary: Bool { false }

    /// Runs the function.
    ///
    /// - Throws: what becomes a value that C raises once this frame is gone.
    func run(_ call: UnsafeMutablePointer<clb_call>) throws -> clb_outcome { CLB_STOP }
}

// What C calls. Nothing is thrown through it.

private func hostFunctionEntry(
    _ context: UnsafeMutableRawPointer, _ call: UnsafeMutablePointer<clb_call>
) -> clb_outcome {
    Unmanaged<HostFunctionBody>.fromOpaque(context)._withUnsafeGuaranteedRef { function in
        do {
            return try function.run(call)
        } catch {
            return raise(error, call)
        }
    }
}

/// The outcome of a call that threw.
@inline(never)
func raise(_ error: any Error, _ call: UnsafeMutablePointer<clb_call>) -> clb_outcome {
    LuaState.of(call.pointee.state).raise(error, call: call, rewindingTo: call.pointee.mark)
}
