import Glibc

/// Standard output, for what scripts print where the embedder says nothing else.
enum StandardOutput {
    /// Writes all bytes.
    static let write: @Sendable ([UInt8]) throws -> Void = { bytes in
        if let number = DescriptorWriter(descriptor: STDOUT_FILENO).write(bytes) {
            throw StandardOutputError(number: number)
        }
    }
}
