import C8HTTP

/// A file that the platform answered with in place of an envelope.
package struct DownloadedFile: Sendable {
    /// The content; empty where the call's own sink took it.
    package let bytes: [UInt8]
    /// Its media type, as the platform says.
    package let type: String?
    /// Its name, as the platform says; never a path.
    package let name: String?

    /// - Parameter secret: what must not be in the type or the name, though a header repeats it.
    init(_ response: HTTPResponse, hiding secret: Secret) {
        bytes = response.body
        type = response.header(named: "content-type").map { Excerpt.text(secret.hidden(in: $0)) }
        name = response.header(named: "content-disposition").flatMap(Self.fileName).map {
            Excerpt.text(secret.hidden(in: $0))
        }
    }

    /// Whether an answer is a file: nothing else is sent as an attachment, and an envelope is JSON. A page of HTML or
    /// another text without a name is a gateway's, not the platform's file.
    package static func isFile(status: Int, headers: [(name: String, value: String)]) -> Bool {
        guard (200..<300).contains(status) else { return false }
        func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value.lowercased() }
        if let disposition = header("content-disposition"), disposition.hasPrefix("attachment") { return true }
        guard let type = header("content-type")?.prefix(while: { $0 != ";" }) else { return true }
        return !type.hasSuffix("json") && type != "text/html"
    }

    static func isFile(_ response: HTTPResponse) -> Bool { isFile(status: response.status, headers: response.headers) }

    /// The name in a `Content-Disposition` (RFC 6266), the extended form first; its last part alone.
    private static func fileName(_ disposition: String) -> String? {
        var plain: String?
        for parameter in disposition.split(separator: ";").dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            let key = pair[0].filter { !$0.isWhitespace }.lowercased()
            let value = pair[1].drop { $0.isWhitespace }
            if key == "filename*" {
                // charset'language'percent-encoded (RFC 8187)
                let parts = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
                if parts.count == 3, parts[0].lowercased() == "utf-8", let name = percentDecoded(parts[2]) {
                    return lastPart(name)
                }
            } else if key == "filename" {
                plain = value.filter { $0 != "\"" }
            }
        }
        return plain.flatMap(lastPart)
    }

    private static func lastPart(_ name: String) -> String? {
        let part = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init)
        return part == "." || part == ".." ? nil : part
    }

    private static func percentDecoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
