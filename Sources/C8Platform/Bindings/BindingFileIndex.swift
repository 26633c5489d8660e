/// Where the operations of a bindings file are: found by one walk over its text, which builds nothing and, inside an
/// operation, looks at brackets and quotes alone.
struct BindingFileIndex {
    private(set) var operations: [(name: String, range: Range<Int>)] = []
    private(set) var references: Range<Int>?
    private(set) var version: JSONValue?
    private(set) var tokenRefusals: JSONValue?

    /// Nil where the file has not the form that is expected; whoever reads it whole says what is wrong.
    init?(_ bytes: [UInt8]) {
        let found = try? bytes.withUnsafeBufferPointer { buffer throws(JSONError) in try Self.scan(buffer) }
        guard let index = found.flatMap({ $0 }) else { return nil }
        self = index
    }

    private init() {}

    private static func scan(_ buffer: UnsafeBufferPointer<UInt8>) throws(JSONError) -> BindingFileIndex? {
        var index = BindingFileIndex()
        var scanner = JSONScanner(buffer, maximumDepth: 256)
        scanner.skipWhitespace()
        guard scanner.peek == ASCII.openBrace else { return nil }
        var isFirst = true
        try scanner.open()
        while let key = try scanner.nextKey(isFirst: &isFirst) {
            switch scanner.text(of: key) {
            case "version": index.version = try scanner.value()
            case "token_refusals": index.tokenRefusals = try scanner.value()
            case "references":
                scanner.skipWhitespace()
                guard let range = scanner.skipUnread() else { return nil }
                index.references = range
            case "operations":
                scanner.skipWhitespace()
                guard scanner.peek == ASCII.openBrace else { return nil }
                var isFirstOperation = true
                try scanner.open()
                while let name = try scanner.nextKey(isFirst: &isFirstOperation) {
                    let text = scanner.text(of: name)
                    scanner.skipWhitespace()
                    guard let range = scanner.skipUnread() else { return nil }
                    index.operations.append((text, range))
                }
            default: return nil
            }
        }
        try scanner.finish()
        return index
    }
}
