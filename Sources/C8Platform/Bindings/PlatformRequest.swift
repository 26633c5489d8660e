/// One request to the platform, below a base URL that the client alone knows.
///
/// A value of this type cannot leave the base URL's host: its path is checked when it is made.
package struct PlatformRequest: Sendable {
    /// The HTTP method.
    package let method: HTTPMethod
    /// The path: percent-encoded, begins with exactly one slash.
    package let path: String
    /// The query's names and values, not yet encoded, in their order; a name may come more than once.
    package let query: [(name: String, value: String)]
    /// The JSON body; nil for none.
    package let body: JSONValue?

    /// Checks the path and makes a request.
    ///
    /// - Throws: ``BindingError`` of kind `invalidRequest` when the path could mean something outside the base URL.
    package init(
        method: HTTPMethod, path: String, query: [(name: String, value: String)] = [], body: JSONValue? = nil
    ) throws(BindingError) {
        do {
            try Self.check(path: path)
        } catch {
            throw BindingError(
                kind: .invalidRequest, subject: JSONSerializer.quoted(path), path: "", message: error.description)
        }
        self.method = method
        self.path = path
        self.query = query
        self.body = body
    }

    /// The path with the encoded query, as it stands in the request line.
    package var target: String {
        guard !query.isEmpty else { return path }
        let pairs = query.map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }
        return path + "?" + pairs.joined(separator: "&")
    }

    /// Refuses a path that is not plainly a path: one that names a host or a user, climbs with dots (encoded ones too),
    /// carries a query or fragment of its own, or holds a byte that could end the request line.
    static func check(path: String) throws(PathProblem) {
        let bytes = Array(path.utf8)
        guard bytes.first == ASCII.slash else { throw PathProblem("no '/' at its beginning") }
        guard bytes.count < 2 || bytes[1] != ASCII.slash else {
            throw PathProblem("'//' at its beginning, which names a host")
        }
        guard bytes.count <= 4096 else { throw PathProblem("more than 4096 bytes") }
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0...0x20, 0x7F:
                throw PathProblem("a control character or a space (byte \(JSONScanner.hexadecimal(byte)))")
            case 0x80...:
                throw PathProblem("a character outside ASCII that is not percent-encoded")
            case ASCII.percent:
                guard
                    index + 2 < bytes.count, let high = ASCII.hexadecimalValue(bytes[index + 1]),
                    let low = ASCII.hexadecimalValue(bytes[index + 2])
                else { throw PathProblem("a '%' without two hexadecimal digits after it") }
                guard high << 4 | low >= 0x20 else { throw PathProblem("an encoded control character") }
            case UInt8(ascii: "@"), ASCII.backslash, UInt8(ascii: "#"), UInt8(ascii: "?"), ASCII.quote,
                UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"),
                UInt8(ascii: "|"), UInt8(ascii: "}"):
                throw PathProblem("the character '\(Unicode.Scalar(byte))'")
            default:
                continue
            }
        }
        if let segment = dotSegment(in: bytes) {
            throw PathProblem("a segment '\(segment)', which climbs or stays in the tree")
        }
    }

    /// The first segment that is `.` or `..`, as the laxest server would read it: percent-encoding undone first, so
    /// that an encoded slash separates too, and path parameters (`..;x`) cut off.
    private static func dotSegment(in path: [UInt8]) -> String? {
        guard path.contains(where: { $0 == ASCII.dot || $0 == ASCII.percent }) else { return nil }
        let segments = PercentEncoding.decode(path).split { $0 == ASCII.slash || $0 == ASCII.backslash }
        for segment in segments {
            let name = segment.prefix { $0 != UInt8(ascii: ";") }
            if name == [ASCII.dot] || name == [ASCII.dot, ASCII.dot] {
                return String(decoding: name, as: UTF8.self)
            }
        }
        return nil
    }
}
