/// The values of a statement as the library takes them: texts that end with a zero, one behind the other.
struct PostgresParameters {
    private var bytes: [CChar] = []
    /// Where each begins; nil for NULL.
    private var offsets: [Int?] = []

    init(_ values: [(any PostgresParameter)?]) {
        offsets.reserveCapacity(values.count)
        for value in values {
            guard let value else {
                offsets.append(nil)
                continue
            }
            offsets.append(bytes.count)
            var text = value.postgresText
            text.withUTF8 { utf8 in utf8.withMemoryRebound(to: CChar.self) { bytes.append(contentsOf: $0) } }
            bytes.append(0)
        }
    }

    /// The pointers hold for as long as the body runs.
    func withPointers<Result>(_ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { bytes in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: offsets.count) { pointers in
                for (index, offset) in offsets.enumerated() {
                    pointers.initializeElement(at: index, to: offset.flatMap { bytes.baseAddress?.advanced(by: $0) })
                }
                return body(UnsafeBufferPointer(pointers))
            }
        }
    }
}
