/// A worker, as others see it.
package struct WorkerIdentity: Sendable, Hashable, CustomStringConvertible {
    package let host: String
    package let process: Int32
    /// Made up when the worker starts: process numbers come again.
    package let nonce: UInt64

    package init(host: String, process: Int32, nonce: UInt64 = .random(in: .min ... .max)) {
        self.host = host
        self.process = process
        self.nonce = nonce
    }

    /// For people.
    package var description: String { "process \(process) on \(host)" }
    /// For the store: the same for no other worker.
    package var key: String { "\(host) \(process) \(String(nonce, radix: 16))" }
}
