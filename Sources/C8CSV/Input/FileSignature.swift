/// What the first bytes of a file say it is, where that is no plain text.
enum FileSignature: Equatable {
    case gzip
    /// A zip archive, which newer Excel workbooks are, too.
    case zip
    /// The container of older Excel workbooks.
    case compound

    /// So many bytes tell.
    static let length = 4

    init?(_ bytes: UnsafeRawBufferPointer) {
        if bytes.starts(with: Gunzip.magic) {
            self = .gzip
        } else if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            self = .zip
        } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            self = .compound
        } else {
            return nil
        }
    }
}
