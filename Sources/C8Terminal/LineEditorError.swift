/// Why lines cannot be edited on this machine.
package struct LineEditorError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is missing, and what to do about it.
    package let description: String
}
