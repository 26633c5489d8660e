/// How the bytes of a table are packed.
package enum CSVCompression: String, Sendable, CaseIterable {
    /// gzip where the first two bytes say so. A name that ends in `.gz` without these bytes is an error.
    case automatic = "auto"
    case none
    case gzip
}
