/// Who runs a flow, for people: what excludes others is the lock.
package struct FlowOwner: Sendable, Equatable, CustomStringConvertible {
    package let host: String
    package let process: Int32

    package init(host: String, process: Int32) {
        self.host = host
        self.process = process
    }

    package var description: String { "process \(process) on \(host)" }
}
