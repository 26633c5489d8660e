import Glibc

/// Standard error, for `io.stderr`.
package enum StandardError {
    /// Writes all bytes; what cannot be written is dropped, as there is nowhere to say so.
    package static let write: @Sendable ([UInt8]) -> Void = { bytes in
        _ = DescriptorWriter(descriptor: STDERR_FILENO).write(bytes)
    }
}
