/// The headers of an answer as bytes, one after the other, and where each stands.
struct HTTPFields: Sendable {
    private struct Field {
        let name: Range<Int>
        let value: Range<Int>
    }

    private var bytes: [UInt8] = []
    private var fields: [Field] = []

    init() {}

    init(_ headers: [(name: String, value: String)]) {
        for (name, value) in headers { append(name: Array(name.utf8), value: Array(value.utf8)) }
    }

    mutating func append(name: some Collection<UInt8>, value: some Collection<UInt8>) {
        if fields.isEmpty {
            bytes.reserveCapacity(512)
            fields.reserveCapacity(8)
        }
        let start = bytes.count
        bytes.append(contentsOf: name)
        let middle = bytes.count
        bytes.append(contentsOf: value)
        fields.append(Field(name: start..<middle, value: middle..<bytes.count))
    }

    var all: [(name: String, value: String)] { fields.map { (text($0.name), text($0.value)) } }

    /// The first of that name, in any case.
    subscript(name: String) -> String? {
        var name = name
        return name.withUTF8 { name in
            fields.first { Self.areEqual(bytes[$0.name], name) }.map { text($0.value) }
        }
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Without regard to the case of ASCII letters, of which the names of headers consist.
    private static func areEqual(_ one: ArraySlice<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).allSatisfy { one, other in
            one == other || one ^ other == 0x20 && (0x61...0x7A).contains(one | 0x20)
        }
    }
}
