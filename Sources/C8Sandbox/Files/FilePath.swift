/// A path as a script or the operator wrote it: bytes, since file names have no encoding.
package struct FilePath: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(_ text: some StringProtocol) {
        bytes = Array(text.utf8)
    }

    package init(stringLiteral value: String) {
        self.init(value)
    }

    /// For people: control characters appear as `\x1b`, invalid bytes as U+FFFD, and what is very long is cut.
    package var description: String {
        let bound = 512
        var text = ""
        for scalar in String(decoding: bytes.prefix(bound), as: UTF8.self).unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                let digits = String(scalar.value, radix: 16)
                text += scalar.value < 0x100 ? "\\x" + (digits.count < 2 ? "0" : "") + digits : "\\u{\(digits)}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return bytes.count > bound ? text + "…" : text
    }
}
