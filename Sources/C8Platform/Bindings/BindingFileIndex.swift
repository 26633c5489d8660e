/// Where the operations of a bindings file are: found by one walk over its text, which checks that all of it is JSON and
/// builds nothing.
struct BindingFileIndex {
    private(set) var operations: [(name: String, text: JSONBytes)] = []
    private(set) var references: JSONBytes?
    private(set) var version: JSONValue?

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
            case "references":
                scanner.skipWhitespace()
                index.references = JSONBytes(checked: Array(buffer[try scanner.skipValue()]))
            case "operations":
                scanner.skipWhitespace()
                guard scanner.peek == ASCII.openBrace else { return nil }
                var isFirstOperation = true
                try scanner.open()
                while let name = try scanner.nextKey(isFirst: &isFirstOperation) {
                    let text = scanner.text(of: name)
                    scanner.skipWhitespace()
                    index.operations.append((text, JSONBytes(checked: Array(buffer[try scanner.skipValue()]))))
                }
            default: return nil
            }
        }
        try scanner.finish()
        return index
    }
}
