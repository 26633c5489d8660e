import CLinuxShims

/// The memory of this process, which holds secrets.
package enum ProcessMemory {
    /// Keeps other processes of the same user from reading it through /proc or a debugger, and from a core file. To be
    /// called before any secret is read.
    ///
    /// - Returns: false where the system refused.
    @discardableResult
    package static func protect() -> Bool { c8_protect_memory() == 0 }

    /// Whether ``protect()`` holds.
    package static var isProtected: Bool { c8_memory_is_protected() == 1 }
}
