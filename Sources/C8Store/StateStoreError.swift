/// The state cannot be kept.
package struct StateStoreError: Error, Sendable, CustomStringConvertible {
    package let path: String
    package let problem: String

    package var description: String {
        "the state in \(path) cannot be used: \(problem); make the folder writable for you alone, or name another with C8_STATE"
    }
}
