import C8HTTP

/// How a text may be spelled that holds a secret. A secret is looked for in what the text says, whichever characters its
/// writer has escaped.
enum SecretSpelling: CaseIterable {
    case plain
    /// `%2F`, in URLs and forms; a plus is a space.
    case percent
    /// `\/`, `\u002f`, in JSON within a text.
    case escapes

    /// What a text says, with the way back to it.
    struct View {
        let bytes: [UInt8]
        /// Where each byte begins in the text, and where the text ends; nil where they are the same.
        let offsets: [Int]?

        func offset(of index: Int) -> Int { offsets?[index] ?? index }
    }

    /// Nil where the text holds nothing that is spelled this way.
    func view(of text: [UInt8]) -> View? {
        switch self {
        case .plain: return View(bytes: text, offsets: nil)
        case .percent:
            guard text.contains(UInt8(ascii: "%")) || text.contains(UInt8(ascii: "+")) else { return nil }
            return Self.view(of: text, escapedAt: Self.percentEscape)
        case .escapes:
            guard text.contains(UInt8(ascii: "\\")) else { return nil }
            return Self.view(of: text, escapedAt: Self.backslashEscape)
        }
    }

    private static func view(
        of text: [UInt8], escapedAt: (_ text: [UInt8], _ index: Int) -> (bytes: [UInt8], length: Int)?
    ) -> View {
        var bytes: [UInt8] = []
        var offsets: [Int] = []
        bytes.reserveCapacity(text.count)
        offsets.reserveCapacity(text.count + 1)
        var index = 0
        while index < text.count {
            let (said, length) = escapedAt(text, index) ?? ([text[index]], 1)
            bytes += said
            offsets += said.map { _ in index }
            index += length
        }
        return View(bytes: bytes, offsets: offsets + [text.count])
    }

    private static func percentEscape(_ text: [UInt8], _ index: Int) -> ([UInt8], Int)? {
        if text[index] == UInt8(ascii: "+") { return ([UInt8(ascii: " ")], 1) }
        guard text[index] == UInt8(ascii: "%"), let value = number(text, from: index + 1, digits: 2) else { return nil }
        return ([UInt8(value)], 3)
    }

    private static func backslashEscape(_ text: [UInt8], _ index: Int) -> ([UInt8], Int)? {
        guard text[index] == UInt8(ascii: "\\"), index + 1 < text.count else { return nil }
        switch text[index + 1] {
        case UInt8(ascii: "n"): return ([0x0a], 2)
        case UInt8(ascii: "r"): return ([0x0d], 2)
        case UInt8(ascii: "t"): return ([0x09], 2)
        case UInt8(ascii: "b"): return ([0x08], 2)
        case UInt8(ascii: "f"): return ([0x0c], 2)
        case UInt8(ascii: "u"):
            guard let unit = number(text, from: index + 2, digits: 4) else { return nil }
            if let scalar = Unicode.Scalar(unit) { return (Array(String(scalar).utf8), 6) }
            // The first half of a pair, and the second (RFC 8259 §7).
            guard index + 7 < text.count, text[index + 6] == UInt8(ascii: "\\"), text[index + 7] == UInt8(ascii: "u"),
                let low = number(text, from: index + 8, digits: 4), (0xDC00...0xDFFF).contains(low),
                (0xD800...0xDBFF).contains(unit),
                let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
            else { return nil }
            return (Array(String(scalar).utf8), 12)
        default: return ([text[index + 1]], 2)
        }
    }

    private static func number(_ text: [UInt8], from start: Int, digits: Int) -> UInt32? {
        guard start + digits <= text.count else { return nil }
        let word = text[start..<start + digits]
        guard word.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else { return nil }
        return UInt32(String(decoding: word, as: UTF8.self), radix: 16)
    }

    // MARK: - Encodings of the secret itself

    /// The secret, in hex, and what base64 makes of it wherever in a longer text it stands.
    static func forms(of secret: [UInt8]) -> [[UInt8]] {
        let hexadecimal = Hexadecimal.text(secret)
        var forms = [secret, Array(hexadecimal.utf8), Array(hexadecimal.uppercased().utf8)]
        for lead in 0..<3 {
            // Characters that hold bits of a neighbour are not the secret's alone.
            let first = (lead * 8 + 5) / 6
            let count = (lead + secret.count) * 8 / 6 - first
            guard count >= Secret.shortestHidden else { continue }
            let text = Array(Base64.text([UInt8](repeating: 0, count: lead) + secret).utf8)
            let form = Array(text[first..<first + count])
            forms.append(form)
            // RFC 4648 §5.
            let forURLs = form.map { byte in
                byte == UInt8(ascii: "+") ? UInt8(ascii: "-") : byte == UInt8(ascii: "/") ? UInt8(ascii: "_") : byte
            }
            if forURLs != form { forms.append(forURLs) }
        }
        return forms
    }
}
