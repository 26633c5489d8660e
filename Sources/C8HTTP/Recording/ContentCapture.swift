import Crypto

/// Keeps content piece by piece up to a length, and beyond it only its digest.
struct ContentCapture {
    private let limit: Int
    private var kept: [UInt8] = []
    private var size: Int64 = 0
    private var hash: SHA256?

    /// - Parameter limit: bytes.
    init(limit: Int) {
        self.limit = limit
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        size += Int64(bytes.count)
        if hash == nil, kept.count + bytes.count <= limit {
            kept += bytes
            return
        }
        var hash = self.hash ?? SHA256()
        if self.hash == nil { hash.update(data: kept) }
        kept = []
        hash.update(data: bytes)
        self.hash = hash
    }

    var body: CapturedBody {
        guard let hash else { return .bytes(kept) }
        let digits = hash.finalize().map { byte in
            let text = String(byte, radix: 16)
            return text.utf8.count == 1 ? "0" + text : text
        }
        return .digest(sha256: digits.joined(), size: size)
    }
}
